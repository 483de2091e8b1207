import { describe, expect, it } from 'vitest'
import { arrivalsOf } from './arrivals.ts'
import { spike } from './spike.ts'

describe('a spike', () => {
  it('says what it is in a sentence', () => {
    const { description } = spike({ warmUpMs: 5_000, baseMs: 10_000 })
    expect(description).toMatch(
      /^spike: 200\/s for .*, up to 500\/s in 5 s, held for 30 s, back in 5 s, then 20 s at 200\/s$/,
    )
  })

  it('asks for more than twenty thousand orders within two minutes, as it comes', () => {
    const arrivals = arrivalsOf(spike())
    expect(arrivals.count).toBeGreaterThan(25_000)
    expect(arrivals.durationMs).toBeLessThanOrEqual(120_000)
  })

  it('refuses everything that is impossible, all problems at once', () => {
    const clients = { noisyShare: 1, quietCount: 0 }
    const absurd = () =>
      spike({
        basePerSecond: 100,
        peakPerSecond: 50,
        holdMs: -1,
        riseMs: Number.NaN,
        mix: { repeatShare: 0.9, poisonShare: 0.2, attemptsMax: 0, timeoutMs: -1, clients },
      })
    expect(absurd).toThrow(/has 8 problem\(s\)/)
    for (const part of [
      /peakPerSecond must be at least basePerSecond \(100\), got 50/,
      /holdMs .* got -1/,
      /riseMs .* got NaN/,
      /shares together .* got 1\.\d+/,
      /attemptsMax .* got 0/,
      /timeoutMs .* got -1/,
      /noisyShare .* got 1/,
      /quietCount .* got 0/,
    ]) {
      expect(absurd).toThrow(part)
    }
  })

  it('refuses rates that nobody means, and a load of no length', () => {
    expect(() => spike({ basePerSecond: -5 })).toThrow(/basePerSecond must be from 0 to 100000/)
    expect(() => spike({ peakPerSecond: 1e9 })).toThrow(/peakPerSecond must be from 0 to 100000/)
    const none = { warmUpMs: 0, baseMs: 0, riseMs: 0, holdMs: 0, fallMs: 0, tailMs: 0 }
    expect(() => spike(none)).toThrow(/a load must last longer than 0 ms/)
  })
})
