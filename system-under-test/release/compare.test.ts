import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareCanary, type Served, usualTerms } from './compare.ts'
import { servedBetween, servedTogether } from './served.ts'

const served = (requests: number, errors: number, p99Ms = 20): Served => ({ requests, errors, p99Ms })
const compare = (canary: Served, stable: Served) => compareCanary(canary, stable, usualTerms)

describe('a canary', () => {
  it('is as good as the others within a slack', () => {
    expect(compare(served(500, 20), served(500, 5)).kind).toBe('good')
  })

  it('is bad when more of its answers are errors than those of the others', () => {
    expect(compare(served(500, 50), served(500, 5))).toEqual({
      kind: 'bad',
      reason: "10.0 % of its answers are errors, 1.0 % of the others'",
    })
  })

  it('is not blamed for what hits the others too', () => {
    expect(compare(served(500, 200), served(500, 195)).kind).toBe('good')
  })

  it('is bad when it is much slower than the others, and slow at that', () => {
    expect(compare(served(500, 0, 1_400), served(500, 0, 60)).kind).toBe('bad')
    expect(compare(served(500, 0, 400), served(500, 0, 20)).kind).toBe('good')
    expect(compare(served(500, 0, 1_400), served(500, 0, 1_000)).kind).toBe('good')
  })

  it('tells nothing while it has got too few requests', () => {
    expect([compare(served(50, 50), served(500, 0)), compare(served(500, 9), served(0, 0))]).toEqual([
      { kind: 'too few' },
      { kind: 'too few' },
    ])
  })

  it('is never worse than itself', () => {
    const any = fc.tuple(fc.nat(5_000), fc.nat(5_000), fc.nat(60_000))
    fc.assert(
      fc.property(any, ([requests, errors, p99Ms]) => {
        const same = served(requests, Math.min(requests, errors), p99Ms)
        expect(compare(same, same).kind).not.toBe('bad')
      }),
    )
  })
})

describe('what was served', () => {
  const counts = (requests: number, errors: number, ...within: number[]) => ({
    requests,
    errors,
    within: within.map((count, at) => ({ ms: [10, 100, Number.POSITIVE_INFINITY][at] as number, count })),
  })

  it('is the difference of two looks', () => {
    expect(servedBetween(counts(10, 1, 5, 8, 10), counts(110, 3, 95, 108, 110))).toEqual(
      counts(100, 2, 90, 100, 100),
    )
  })

  it('counts from zero where a replica has started anew, or was not seen before', () => {
    expect(servedBetween(counts(500, 9, 0, 0, 500), counts(7, 0, 7, 7, 7))).toEqual(counts(7, 0, 7, 7, 7))
    expect(servedBetween(undefined, counts(7, 0, 7, 7, 7))).toEqual(counts(7, 0, 7, 7, 7))
  })

  it('adds histograms up, not quantiles', () => {
    const together = servedTogether([counts(100, 1, 100, 100, 100), counts(100, 0, 0, 99, 100)])
    expect(together).toEqual({ requests: 200, errors: 1, p99Ms: 100 })
    expect(servedTogether([])).toEqual({ requests: 0, errors: 0, p99Ms: undefined })
  })
})
