import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs } from './retry.ts'

describe('the pause before another attempt, for all draws', () => {
  it('is below a bound that doubles and then stays', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 50 }), (seed, n, attempt) => {
        const pause = backoffMs(seed, n, attempt, undefined)
        expect(pause).toBeGreaterThanOrEqual(0)
        expect(pause).toBeLessThanOrEqual(Math.min(2_000, 100 * 2 ** (attempt - 1)))
      }),
    )
  })

  it('is never shorter than what the service asks for, up to five seconds, and at most half longer', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 20_000 }), (seed, n, asked) => {
        const pause = backoffMs(seed, n, 1, asked)
        expect(pause).toBeGreaterThanOrEqual(Math.min(asked, 5_000))
        expect(pause).toBeLessThanOrEqual(Math.min(asked, 5_000) * 1.5)
      }),
    )
  })

  it('differs between clients that were refused together', () => {
    const pauses = Array.from({ length: 100 }, (_, n) => backoffMs(1, n, 1, 1_000))
    expect(new Set(pauses).size).toBeGreaterThan(95)
  })
})
