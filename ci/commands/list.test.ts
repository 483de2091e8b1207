import { describe, expect, it } from 'vitest'
import { faultKinds } from '../../chaos/faults/list.ts'
import { type } from './io.fixture.ts'
import { addListCommand, catalogueNames } from './list.ts'

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const lineOf = (name: string, about: string) => new RegExp(`^${literally(name)} +${literally(about)}$`, 'm')

describe('seawall list', () => {
  it('prints every fault with what it needs, how it is done, its proof and its options', async () => {
    const { out } = await type(addListCommand, ['list', 'faults'])
    for (const { kind } of faultKinds) expect(out).toMatch(new RegExp(`^${kind} `, 'm'))
    expect(out).toMatch(/^latency {2,}a slow link\n +needs: link, proxied\n +how: Toxiproxy/m)
    expect(out).toContain('option: latencyMs=300')
  })

  it('prints the same as JSON', async () => {
    const { out } = await type(addListCommand, ['list', 'faults', '--json'])
    const names = JSON.parse(out).map((entry: { name: string }) => entry.name)
    expect(names).toEqual(faultKinds.map(({ kind }) => kind))
  })

  it.each(catalogueNames)(
    'prints %s in words and as JSON, each with its name and what it is',
    async (what) => {
      const entries = JSON.parse((await type(addListCommand, ['list', what, '--json'])).out) as {
        name: string
        about: string
      }[]
      expect(entries.length).toBeGreaterThan(5)
      const { out } = await type(addListCommand, ['list', what])
      for (const { name, about } of entries) expect(out).toMatch(lineOf(name, about))
    },
  )

  it('names the catalogue that was probably meant', async () => {
    await expect(type(addListCommand, ['list', 'fault'])).rejects.toThrow(
      /"fault".*\n.*did you mean faults\?/,
    )
  })
})
