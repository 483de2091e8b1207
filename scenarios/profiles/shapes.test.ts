import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { arrivalsOf } from './arrivals.ts'
import { constant } from './constant.ts'
import { flashCrowd } from './flash-crowd.ts'
import { profiles } from './list.ts'
import { overload } from './overload.ts'
import { ramp } from './ramp.ts'
import { sineDay } from './sine-day.ts'
import { soak } from './soak.ts'
import { squareWave } from './square-wave.ts'
import { stairs } from './stairs.ts'
import { timelineOf } from './timeline.ts'

describe('a load shape', () => {
  it('says what it is in a sentence', () => {
    expect(profiles.map((profile) => profile.description)).toEqual([
      'constant: 200/s for 1 min',
      'ramp: from 100/s to 1,000/s in 30 s, held for 15 s',
      'stairs: 8 steps of 15 s, from 200/s to 1,600/s',
      expect.stringMatching(/^spike: /),
      'flash-crowd: 100/s for 10 s, a smooth rise to 1,000/s in 10 s (20 linear pieces), and a tail of 1 min (40 pieces)',
      'square-wave: 4 times 100/s for 10 s and 800/s for 5 s',
      'sine-day: 2 days of 1 min, from 50/s at night to 600/s at noon (48 linear pieces a day)',
      'overload: 2, 5, 10 times 150/s for 10 s each, with 30 s at half of it before and after',
      'soak: up to 150/s in 30 s, held for 60 min, and down again',
    ])
  })

  it('has a row in the README, with a file of its name', () => {
    const readme = readFileSync(`${import.meta.dirname}/README.md`, 'utf8')
    for (const { name } of profiles) {
      expect(readme).toContain(`| \`${name}\` |`)
      expect(() => readFileSync(`${import.meta.dirname}/${name}.ts`)).not.toThrow()
    }
  })

  it.each(profiles.map((profile) => [profile.name, profile] as const))(
    '%s has arrivals in every phase, and one name of its own',
    (name, profile) => {
      const timeline = timelineOf(profile)
      for (const { fromMs, toMs } of timeline.phases) {
        expect(timeline.arrivalsBetween(fromMs, toMs)).toBeGreaterThan(0)
      }
      expect(profiles.filter((each) => each.name === name)).toHaveLength(1)
    },
  )
})

describe('the area of a shape', () => {
  it('is rate times time where the rate is constant', () => {
    expect(arrivalsOf(constant({ perSecond: 7, durationMs: 3_000 })).count).toBe(21)
  })

  it('is that of a trapezium for a ramp, up and down', () => {
    expect(arrivalsOf(ramp({ fromPerSecond: 0, toPerSecond: 10, rampMs: 4_000, holdMs: 1_000 })).count).toBe(
      30,
    )
    expect(arrivalsOf(ramp({ fromPerSecond: 10, toPerSecond: 0, rampMs: 4_000, holdMs: 0 })).count).toBe(20)
  })

  it('jumps from step to step, and from low to high', () => {
    const steps = arrivalsOf(stairs({ firstPerSecond: 10, riserPerSecond: 5, steps: 3, treadMs: 2_000 }))
    expect(steps.count).toBe(20 + 30 + 40)
    expect(steps.ratePerSecond(1_999)).toBe(10)
    expect(steps.ratePerSecond(2_000)).toBe(15)
    const wave = arrivalsOf(
      squareWave({ lowPerSecond: 10, highPerSecond: 50, lowMs: 1_000, highMs: 500, periods: 3 }),
    )
    expect(wave.count).toBe(3 * (10 + 25))
    expect(wave.ratePerSecond(1_200)).toBe(50)
  })

  it('climbs after a warm-up at the first rate', () => {
    const steps = stairs({ warmUpMs: 4_000, firstPerSecond: 10, riserPerSecond: 5, steps: 2, treadMs: 2_000 })
    expect(arrivalsOf(steps).count).toBe(40 + 20 + 30)
    expect(steps.stages[0]?.phase).toBe('warm-up')
  })

  it('is the mean of night and noon for a day', () => {
    const day = arrivalsOf(sineDay({ nightPerSecond: 20, noonPerSecond: 100, dayMs: 60_000, days: 2 }))
    expect(day.count / (60 * 120)).toBeCloseTo(1, 3)
    expect(day.ratePerSecond(30_000)).toBeCloseTo(100, 6)
  })

  it('rises without a corner for a crowd, and goes home slowly', () => {
    const crowd = arrivalsOf(
      flashCrowd({ basePerSecond: 10, peakPerSecond: 110, baseMs: 1_000, riseMs: 10_000, tailMs: 40_000 }),
    )
    expect(crowd.ratePerSecond(6_000)).toBeCloseTo(60, 6)
    expect(crowd.ratePerSecond(11_000)).toBeCloseTo(110, 6)
    expect(crowd.ratePerSecond(51_000)).toBeCloseTo(12, 6)
  })

  it('is half the capacity around each multiple of it', () => {
    const profile = overload({ capacityPerSecond: 20, factors: [2, 3], overloadMs: 1_000, restMs: 2_000 })
    expect(arrivalsOf(profile).count).toBe(3 * 20 + 40 + 60)
    expect(timelineOf(profile).phases.map(({ name }) => name)).toEqual([
      'before',
      'x2',
      'after-x2',
      'x3',
      'after-x3',
    ])
  })

  it('has soft edges for a soak, or none', () => {
    expect(arrivalsOf(soak({ perSecond: 10, edgeMs: 2_000, holdMs: 5_000 })).count).toBe(70)
    expect(arrivalsOf(soak({ perSecond: 10, edgeMs: 0, holdMs: 5_000 })).count).toBe(50)
  })
})

describe('an impossible shape', () => {
  it.each([
    ['a negative rate', () => constant({ perSecond: -1, durationMs: 1_000 }), /perSecond .* got -1/],
    ['no time', () => constant({ perSecond: 1, durationMs: 0 }), /longer than 0 ms/],
    [
      'half a step',
      () => stairs({ firstPerSecond: 1, riserPerSecond: 1, steps: 1.5, treadMs: 1_000 }),
      /steps .* got 1.5/,
    ],
    [
      'steps that lead below the ground',
      () => stairs({ firstPerSecond: 1, riserPerSecond: -1, steps: 3, treadMs: 1_000 }),
      /riserPerSecond .* got -1/,
    ],
    [
      'a crowd that is smaller than nobody',
      () => flashCrowd({ basePerSecond: 5, peakPerSecond: 1, baseMs: 1, riseMs: 1, tailMs: 1 }),
      /peakPerSecond must be at least basePerSecond/,
    ],
    [
      'an upside-down wave',
      () => squareWave({ lowPerSecond: 5, highPerSecond: 1, lowMs: 1, highMs: 1, periods: 0 }),
      /has 2 problem/,
    ],
    [
      'a day without noon',
      () => sineDay({ nightPerSecond: 5, noonPerSecond: 1, dayMs: 1_000, days: 0 }),
      /has 2 problem/,
    ],
    [
      'an overload of less than all',
      () => overload({ capacityPerSecond: 10, factors: [0.5], overloadMs: 1, restMs: 1 }),
      /factors must be .* above 1, got 0.5/,
    ],
  ])('is refused: %s', (_, make, message) => {
    expect(make).toThrow(message)
  })
})
