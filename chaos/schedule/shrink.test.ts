import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shrink } from './shrink.ts'

const ten = Array.from({ length: 10 }, (_, at) => `f${at + 1}`)
const needs =
  (...needed: string[]) =>
  async (subset: readonly string[]) =>
    needed.every((one) => subset.includes(one))

describe('shrinking', () => {
  it('finds the one that matters among ten in at most fifteen tries', async () => {
    for (const one of ten) {
      const shrunk = await shrink(ten, needs(one))
      expect(shrunk).toMatchObject({ items: [one], isMinimal: true })
      expect(shrunk?.tried).toBeLessThanOrEqual(15)
    }
  })

  it('finds a pair that fails only together', async () => {
    expect((await shrink(ten, needs('f2', 'f9')))?.items).toEqual(['f2', 'f9'])
  })

  it('has nothing to shrink where the whole does not fail', async () => {
    expect(await shrink(ten, async () => false)).toBeUndefined()
  })

  it('keeps one item that matters, and none where it fails by itself', async () => {
    expect(await shrink(['f1'], needs('f1'))).toEqual({ items: ['f1'], tried: 2, isMinimal: true })
    expect(await shrink(ten, needs())).toMatchObject({ items: [] })
    expect(await shrink([], async () => true)).toEqual({ items: [], tried: 1, isMinimal: true })
  })

  it('stops when its tries are over, and says that there may be less', async () => {
    const shrunk = await shrink(ten, needs('f2', 'f9'), 5)
    expect(shrunk).toMatchObject({ isMinimal: false, tried: 5 })
    expect(shrunk?.items).toEqual(expect.arrayContaining(['f2', 'f9']))
  })
})

describe('shrinking, for all sets that matter', () => {
  it('finds exactly what matters, and tries nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 16 }), fc.array(fc.nat(15)), async (size, picks) => {
        const items = Array.from({ length: size }, (_, at) => at)
        const needed = [...new Set(picks.map((pick) => pick % size))]
        const seen = new Set<string>()
        const shrunk = await shrink(items, async (subset) => {
          expect(seen.has(subset.join())).toBe(false)
          seen.add(subset.join())
          return needed.every((one) => subset.includes(one))
        })
        expect(shrunk?.items).toEqual(needed.sort((one, other) => one - other))
        expect(shrunk?.tried).toBe(seen.size)
      }),
      { numRuns: 200 },
    )
  })
})
