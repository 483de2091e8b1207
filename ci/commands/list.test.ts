import { describe, expect, it } from 'vitest'
import { faultKinds } from '../../chaos/faults/list.ts'
import { type } from './io.fixture.ts'
import { addListCommand } from './list.ts'

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

  it('names the catalogue that was probably meant', async () => {
    await expect(type(addListCommand, ['list', 'fault'])).rejects.toThrow(
      /"fault".*\n.*did you mean faults\?/,
    )
  })
})
