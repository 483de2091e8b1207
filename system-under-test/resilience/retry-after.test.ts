import { describe, expect, it } from 'vitest'
import { retryAfterS } from './retry-after.ts'

const highest = { next: () => 0.999_999 }
const lowest = { next: () => 0 }

describe('when to come again', () => {
  it('is in one to three seconds, for those who are refused together not all at once', () => {
    const said = [0, 0.2, 0.5, 0.9].map((chance) => retryAfterS({ random: { next: () => chance } }))
    expect(said).toEqual([1, 1, 2, 3])
  })

  it('is later by half of the time that the outage has lasted, up to four seconds', () => {
    const said = [0, 2_000, 5_000, 8_000, 60_000].map((awayMs) => retryAfterS({ random: lowest, awayMs }))
    expect(said).toEqual([1, 2, 3, 5, 5])
    expect(retryAfterS({ random: highest, awayMs: 600_000 })).toBe(7)
  })

  it('is never before it can be of use', () => {
    expect(retryAfterS({ random: lowest, leastMs: 2_500 })).toBe(3)
    expect(retryAfterS({ random: highest, leastMs: 2_500 })).toBe(6)
  })

  it('lets a client that asks four times within 15 s outlast a broker that is away for 11 s', () => {
    // As the client of the scenarios: at most 5 s, and on average a quarter more.
    let nowMs = 0
    for (let asked = 1; asked < 4; asked += 1) {
      nowMs += Math.min(5, retryAfterS({ random: { next: () => 0.5 }, awayMs: nowMs })) * 1_250
    }
    expect(nowMs).toBeGreaterThan(11_000)
    expect(nowMs).toBeLessThan(15_000)
  })
})
