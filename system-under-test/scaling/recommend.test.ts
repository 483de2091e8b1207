import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recommend, type Targets } from './recommend.ts'

const targets: Targets = {
  backlogPerReplica: 100,
  oldestAgeMs: 10_000,
  arrivalsPerReplica: 400,
  min: 2,
  max: 10,
  tolerance: 0.1,
}
const at = (
  current: number,
  backlog?: number,
  oldestAgeMs?: number,
  arrivalsPerSecond: number | undefined = 0,
) => recommend(current, { backlog, oldestAgeMs, arrivalsPerSecond }, targets)

describe('a recommendation', () => {
  it('is the backlog over what one should have before it, rounded up', () => {
    expect([at(2, 450, 0), at(2, 401, 0), at(8, 450, 0)]).toEqual([5, 5, 5])
  })

  it('follows the age of the oldest order as a ratio', () => {
    expect(at(4, 40, 15_000)).toBe(6)
  })

  it('is not misled by the age of a few that a late count shows', () => {
    expect([at(4, 39, 15_000), at(4, 0, 60_000)]).toEqual([2, 2])
  })

  it('keeps those who keep the queue empty', () => {
    expect([at(5, 0, 0, 2_000), at(2, 0, 0, 2_000)]).toEqual([5, 5])
  })

  it('is the largest of what all ask for', () => {
    expect([at(2, 900, 10_000), at(4, 100, 20_000)]).toEqual([9, 8])
  })

  it('changes nothing for a tenth more or less', () => {
    expect([at(4, 436, 0), at(4, 364, 0), at(4, 444, 0)]).toEqual([4, 4, 5])
  })

  it('keeps to its bounds', () => {
    expect([at(2, 0, 0), at(2, 1_000_000, 0)]).toEqual([2, 10])
  })

  it('holds while nothing is known', () => {
    expect(at(7)).toBe(7)
  })

  it('may ask for more, and not for fewer, while a part is not known', () => {
    expect([at(4, 900), at(4, 0), at(4, undefined, 30_000), at(4, undefined, 0)]).toEqual([9, 4, 10, 4])
  })
})

describe('a recommendation, for all demands', () => {
  it('asks for no fewer when more waits', () => {
    const some = fc.integer({ min: 0, max: 5_000 })
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10 }), some, some, some, (current, backlog, more, age) => {
        expect(at(current, backlog + more, age)).toBeGreaterThanOrEqual(at(current, backlog, age))
      }),
      { numRuns: 300 },
    )
  })
})
