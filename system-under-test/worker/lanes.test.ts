import { describe, expect, it } from 'vitest'
import { Lanes } from './lanes.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Work that tells when it begins, and ends when it is told to. */
function workshop() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    work: (name: string) => () => {
      begun.push(name)
      return new Promise<void>((resolve) => ends.set(name, resolve))
    },
    async end(name: string) {
      ends.get(name)?.()
      await turn()
    },
  }
}

describe('lanes', () => {
  it('begin at once what has nothing before it, and the next of a key only after the one before it', async () => {
    const lanes = new Lanes()
    const { begun, work, end } = workshop()
    for (const [key, name] of [
      ['k', 'k1'],
      ['k', 'k2'],
      ['l', 'l1'],
      ['k', 'k3'],
    ] as const)
      lanes.run(key, work(name))
    expect(begun).toEqual(['k1', 'l1'])
    await end('l1')
    expect(begun).toEqual(['k1', 'l1'])
    await end('k1')
    expect(begun).toEqual(['k1', 'l1', 'k2'])
    await end('k2')
    expect(begun).toEqual(['k1', 'l1', 'k2', 'k3'])
  })

  it('remember no key whose work has ended', async () => {
    const lanes = new Lanes()
    const { work, end } = workshop()
    lanes.run('k', work('k1'))
    lanes.run('l', work('l1'))
    expect(lanes.size).toBe(2)
    await end('k1')
    await end('l1')
    expect(lanes.size).toBe(0)
  })
})
