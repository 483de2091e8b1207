import { describe, expect, it } from 'vitest'
import type { LoadTimeline } from '../system.ts'
import { carriesAtLeast, kneeOf } from './carries-at-least.ts'
import { beginLoadSteps } from './load-steps.ts'
import { PlayedHistory } from './played-history.ts'

/** Three steps of 2 s at 50, 100 and 200 a second. */
const rates = [50, 100, 200]
const timeline: LoadTimeline = {
  description: 'three steps',
  durationMs: 6_000,
  phases: rates.map((_, index) => ({
    name: `step-${index + 1}`,
    fromMs: index * 2_000,
    toMs: (index + 1) * 2_000,
  })),
  arrivalsBetween: (fromMs, toMs) =>
    rates.reduce((sum, rate, index) => {
      const from = Math.max(fromMs, index * 2_000)
      const to = Math.min(toMs, (index + 1) * 2_000)
      return sum + (Math.max(0, to - from) * rate) / 1_000
    }, 0),
}
const terms = { goodputMin: 0.95, responseMsP99Max: 100 }

/** A service whose answers take `tookMs` at 200 a second, and which then accepts every `of`-th order. */
function climb(tookMs: number, of: number): PlayedHistory {
  let turn = 0
  return new PlayedHistory()
    .steady(0, 2_000, 20)
    .steady(2_000, 4_000, 10)
    .steady(4_000, 6_000, 5, () => {
      turn += 1
      return turn % of === 0 ? { tookMs } : { tookMs, type: 'fail', status: 503 }
    })
}

function stepsOf(history: PlayedHistory) {
  const steps = beginLoadSteps(timeline, 0)
  for (const line of history.lines) steps.see(line)
  return steps.end()
}

function check(history: PlayedHistory, perSecond: number) {
  const judged = carriesAtLeast(timeline, perSecond, terms).begin()
  for (const line of history.lines) judged.see(line)
  return judged.end()
}

describe('the steps of a load', () => {
  it('each have what was planned, what came of it, and how long it took', () => {
    const steps = stepsOf(climb(30, 2))
    expect(steps.map(({ plannedPerSecond }) => plannedPerSecond)).toEqual(rates)
    expect(steps[0]).toMatchObject({ phase: 'step-1', goodputPerSecond: 50, responseMsP99: 1, shed: 0 })
    expect(steps[2]).toMatchObject({ availability: 0.5, shed: 0.5, amplification: 1, responseMsP50: 30 })
  })
})

describe('the knee', () => {
  it('is the last step if every one holds', () => {
    expect(kneeOf(stepsOf(climb(20, 1)), terms)?.plannedPerSecond).toBe(200)
  })

  it('is the step before the first that loses its goodput, or its response time', () => {
    expect(kneeOf(stepsOf(climb(20, 2)), terms)?.plannedPerSecond).toBe(100)
    expect(kneeOf(stepsOf(climb(150, 1)), terms)?.plannedPerSecond).toBe(100)
  })

  it('does not count what was only to warm up', () => {
    const [first, ...later] = timeline.phases
    const warmed = { ...timeline, phases: [{ ...first, name: 'warm-up', fromMs: 0, toMs: 2_000 }, ...later] }
    const steps = beginLoadSteps(warmed, 0)
    for (const line of climb(20, 1).lines) steps.see(line)
    expect(steps.end().map(({ phase }) => phase)).toEqual(['step-2', 'step-3'])
  })

  it('is nowhere if not even the first step holds', () => {
    expect(kneeOf(stepsOf(new PlayedHistory()), terms)).toBeUndefined()
  })
})

describe('a promised capacity', () => {
  it('is kept by a knee that is not lower, and broken by one that is', () => {
    expect(check(climb(20, 1), 200)).toMatchObject({ verdict: 'pass', examined: 3 })
    const broken = check(climb(20, 2), 200)
    expect(broken.verdict).toBe('fail')
    expect(broken.reasons[0]).toContain('it held up to 100')
    expect(broken.counts['planned per second at the knee']).toBe(100)
  })

  it('is unknown where no step was played', () => {
    expect(check(new PlayedHistory(), 10).verdict).toBe('unknown')
  })
})
