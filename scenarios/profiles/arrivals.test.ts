import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrivalsOf, arrivalTimesMs } from './arrivals.ts'
import type { LoadProfile, Stage } from './load-profile.ts'
import { usualMix } from './mix.ts'

function profile(startPerSecond: number, ...pieces: readonly (readonly [number, number])[]): LoadProfile {
  const stages = pieces.map(([durationMs, targetPerSecond]) => ({ durationMs, targetPerSecond, phase: 'p' }))
  return { name: 'test', description: '', startPerSecond, stages, mix: usualMix }
}

/** k6's own arithmetic, as it stands in lib/executor/ramping_arrival_rate.go (`cal`), in milliseconds. */
function k6TimesMs({
  startPerSecond,
  stages,
}: {
  startPerSecond: number
  stages: readonly Stage[]
}): number[] {
  const times: number[] = []
  let from = startPerSecond / 1_000
  let stageStart = 0
  let doneSoFar = 0
  let endCount = 0
  let i = 1
  for (const stage of stages) {
    const to = stage.targetPerSecond / 1_000
    const dur = stage.durationMs
    endCount += from === to ? dur * to : dur * ((to - from) / 2 + from)
    for (; i <= endCount; i += 1) {
      const root = Math.sqrt(Math.max(0, dur * (from * from * dur + 2 * (i - doneSoFar) * (to - from))))
      times.push(stageStart + (from === to ? (i - doneSoFar) / to : (from * dur - root) / (from - to)))
    }
    doneSoFar = endCount
    from = to
    stageStart += dur
  }
  return times
}

const stagesArbitrary = fc.record({
  startPerSecond: fc.integer({ min: 0, max: 200 }),
  pieces: fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 200 })), {
    minLength: 1,
    maxLength: 6,
  }),
})

describe('arrivals', () => {
  it('come one a period at a steady rate, the first one after a whole period', () => {
    expect([...arrivalTimesMs(profile(10, [1_000, 10]))]).toEqual([
      100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000,
    ])
  })

  it('carry a fraction over to the next stage', () => {
    // 4.9 s at 2/s are 9.8 arrivals: the tenth comes where another 0.2 have gathered at 1/s.
    const arrivals = arrivalsOf(profile(2, [4_900, 2], [0, 1], [5_000, 1]))
    expect(arrivals.timeMs(8)).toBeCloseTo(4_500, 6)
    expect(arrivals.timeMs(9)).toBeCloseTo(5_100, 6)
    expect(arrivals.count).toBe(14)
    expect(arrivals.timeMs(14)).toBeUndefined()
  })

  it('are none while the rate is zero', () => {
    const arrivals = arrivalsOf(profile(0, [1_000, 0], [1_000, 10], [1_000, 0], [5_000, 0]))
    expect(arrivals.count).toBe(10)
    expect(arrivals.timeMs(0)).toBeGreaterThan(1_000)
    expect(arrivals.timeMs(9)).toBeLessThanOrEqual(3_000)
    expect(arrivals.ratePerSecond(500)).toBe(0)
    expect(arrivals.ratePerSecond(1_500)).toBe(5)
  })
})

describe('arrivals for all profiles', () => {
  it('are where k6 places them', () => {
    fc.assert(
      fc.property(stagesArbitrary, ({ startPerSecond, pieces }) => {
        const ours = arrivalTimesMs(profile(startPerSecond, ...pieces))
        const theirs = k6TimesMs(profile(startPerSecond, ...pieces))
        // The last arrival can be due at the very end, where a rounding decides whether it is one.
        expect(Math.abs(ours.length - theirs.length)).toBeLessThanOrEqual(1)
        const shared = Math.min(ours.length, theirs.length)
        for (let index = 0; index < shared; index += 1) {
          expect(Math.abs((ours[index] as number) - (theirs[index] as number))).toBeLessThan(0.01)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('are the inverse of the integral of the rate', () => {
    fc.assert(
      fc.property(stagesArbitrary, ({ startPerSecond, pieces }) => {
        const arrivals = arrivalsOf(profile(startPerSecond, ...pieces))
        for (let index = 0; index < arrivals.count; index += 7) {
          expect(arrivals.integral(arrivals.timeMs(index) ?? -1)).toBeCloseTo(index + 1, 4)
        }
      }),
      { numRuns: 60 },
    )
  })
})
