import { describe, expect, it } from 'vitest'
import type { HistoryLine } from '../history/line.ts'
import { beginObjectives } from './begin-objectives.ts'
import type { Objective, ObjectiveResult } from './objective.ts'
import { PlayedHistory, steadyTimeline } from './played-history.ts'

const availability: Objective = {
  name: 'availability',
  promise: 'accepts 99 % of the orders over the assault',
  indicator: { kind: 'availability' },
  window: { over: 'assault' },
  atLeast: 0.99,
  samplesMin: 100,
}

const p99: Objective = {
  name: 'response-time-p99',
  promise: 'answers 99 % of the orders within 100 ms',
  indicator: { kind: 'response-time', quantile: 0.99 },
  window: { over: 'assault' },
  atMost: 100,
  samplesMin: 100,
}

function judge(
  objectives: readonly Objective[],
  history: PlayedHistory,
  durationMs = 10_000,
  perSecond = 100,
): readonly ObjectiveResult[] {
  const judged = beginObjectives(objectives, steadyTimeline(perSecond, durationMs), () => 0)
  for (const line of history.lines) judged.see(line)
  return judged.end()
}

const calm = () => new PlayedHistory().steady(0, 10_000, 10)

describe('objectives', () => {
  it('are kept by a service that accepts everything quickly', () => {
    const results = judge([availability, p99], calm())
    expect(results.map(({ verdict, value }) => ({ verdict, value }))).toEqual([
      { verdict: 'pass', value: 1 },
      { verdict: 'pass', value: 1 },
    ])
  })

  it('count a dropped arrival as a miss, of the availability and of the response time', () => {
    const history = calm().dropped(5_000, 20)
    const [available, slow] = judge([availability, p99], history)
    expect(available).toMatchObject({ verdict: 'fail', value: 1_000 / 1_020 })
    expect(slow).toMatchObject({ verdict: 'fail', value: undefined })
    expect(slow?.reasons[0]).toContain('no answer at all')
  })

  it('leave out what was wrong on purpose, and count an order that was shed as a miss', () => {
    const history = new PlayedHistory()
      .steady(0, 10_000, 10)
      .arrival({ intendedMs: 10, type: 'fail', status: 400, wrong: { invalid: true } })
      .arrival({ intendedMs: 10, type: 'fail', status: 503 })
    expect(judge([availability], history)[0]).toMatchObject({ samples: 1_001, value: 1_000 / 1_001 })
  })

  it('are unknown below their minimum of samples', () => {
    const [result] = judge([availability], new PlayedHistory().steady(0, 500, 10))
    expect(result).toMatchObject({ verdict: 'unknown', samples: 50 })
    expect(result?.reasons[0]).toContain('at least 100 samples, got 50')
  })

  it('take an open arrival and a lost answer as misses', () => {
    const history = calm().arrival({ intendedMs: 5, type: 'info', status: 504 })
    history.lines.push({
      kind: 'op',
      timeMs: 9_000,
      type: 'invoke',
      process: 'p-x',
      action: 'submit',
      id: 'open',
      attempt: 1,
      digest: 'd',
      intendedMs: 9_000,
    })
    expect(judge([availability], history)[0]?.value).toBeCloseTo(1_000 / 1_002, 6)
  })

  it('judge only the assault where the history marks one', () => {
    const history = new PlayedHistory()
      .phase('warm-up', 0)
      .steady(0, 5_000, 10, () => ({ type: 'info', status: 504 }))
      .phase('assault', 5_000)
      .steady(5_000, 10_000, 10)
      .phase('heal', 10_000)
    expect(judge([availability], history)[0]).toMatchObject({ verdict: 'pass', samples: 500 })
  })

  it('name the worst fault, and say nothing where there was none', () => {
    const eachFault: Objective = { ...availability, window: { over: 'each-fault' } }
    const history = new PlayedHistory()
      .steady(0, 10_000, 10, (at) => (at >= 6_000 && at < 7_000 ? { type: 'info', status: 504 } : {}))
      .fault('f1', 'latency', { injected: 1_000, healed: 3_000 })
      .fault('f2', 'container-kill', { injected: 6_000, healed: 8_000 })
    expect(judge([eachFault], history)[0]).toMatchObject({
      verdict: 'fail',
      value: 0.5,
      window: 'fault f2 (container-kill on worker-1), 6.0 s to 8.0 s',
    })
    expect(judge([eachFault], calm())).toEqual([])
  })

  it('leave out every arrival that an excepted fault touched', () => {
    const history = new PlayedHistory()
      .steady(0, 10_000, 10, (at) => (at > 4_900 && at < 6_000 ? { tookMs: 2_000, type: 'info' } : {}))
      .fault('f1', 'container-kill', { injected: 5_000, healed: 7_000 })
    const excepted: Objective = { ...availability, exceptDuring: ['container-kill'] }
    expect(judge([availability], history)[0]?.verdict).toBe('fail')
    expect(judge([excepted], history)[0]).toMatchObject({ verdict: 'pass', value: 1 })
  })

  it('slide over the load and start anew where the set of faults changes', () => {
    const sliding: Objective = { ...availability, window: { over: 'sliding', widthMs: 1_000 } }
    const history = new PlayedHistory()
      .steady(0, 10_000, 10, (at) => (at >= 4_000 && at < 4_500 ? { type: 'info', status: 500 } : {}))
      .fault('f1', 'latency', { injected: 4_000, healed: 9_000 })
    expect(judge([sliding], history)[0]).toMatchObject({
      verdict: 'fail',
      value: 0.5,
      window: 'a sliding window, 4.0 s to 5.0 s',
    })
  })

  it('measure goodput against the plan and against the time before the first fault', () => {
    const window = { over: 'each-fault' } as const
    const history = new PlayedHistory()
      .steady(0, 10_000, 10, (at) => (at >= 5_000 && at < 6_000 ? { type: 'fail', status: 503 } : {}))
      .fault('f1', 'latency', { injected: 4_000, healed: 6_000 })
    const common = { promise: '', window, samplesMin: 1, atLeast: 0.9 }
    const results = judge(
      [
        { ...common, name: 'a', indicator: { kind: 'goodput', against: 'planned' } },
        { ...common, name: 'b', indicator: { kind: 'goodput', against: 'before-faults' } },
      ],
      history,
    )
    for (const result of results) expect(result.value).toBeCloseTo(0.5, 1)
  })
})

describe('a load that was another one than planned', () => {
  const withPlan = (history: PlayedHistory, droppedMax: number) => {
    history.lines.unshift({
      ...{ kind: 'run', format: 'seawall-history', version: 1, runId: 'r', experiment: 'e', seed: 's' },
      ...{ startedAt: '', plan: { droppedMax } },
    } as HistoryLine)
    return history
  }

  it('makes a missed limit unknown, and leaves a kept one alone', () => {
    const { atLeast: _, ...common } = availability
    const shedding: Objective = { ...common, indicator: { kind: 'shed' }, atMost: 0.1 }
    const [missed, kept] = judge([availability, shedding], withPlan(calm().dropped(5_000, 200), 10))
    expect(missed).toMatchObject({ verdict: 'unknown', value: 1_000 / 1_200 })
    expect(missed?.reasons.join()).toContain('200 arrivals were dropped, and at most 10 may be')
    expect(kept?.verdict).toBe('pass')
    expect(judge([availability], withPlan(calm().dropped(5_000, 200), 200))[0]?.verdict).toBe('fail')
  })

  it('blames no service for a generator that sends late', () => {
    const late = new PlayedHistory().steady(0, 10_000, 10, (at) => ({ startMs: at + 500 }))
    const [result] = judge([p99], late)
    expect(result).toMatchObject({ verdict: 'unknown', value: 501 })
    expect(result?.reasons.join()).toContain('the load generator was late')
    const slow = new PlayedHistory().steady(0, 10_000, 10, (at) => ({ startMs: at + 500, tookMs: 600 }))
    expect(judge([p99], slow)[0]?.verdict).toBe('fail')
  })
})

describe('response time', () => {
  it('counts from the intended start: a stall of 1.4 s at 2,000/s is seen by 99 of 100', () => {
    // 13 s of load, of which the service stands still for 1.4 s: those wait from 1.4 s down to nothing, evenly, so that
    // one in a hundred of all waits longer than 1,400 ms - 1 % of 13,000 ms = 1,270 ms.
    const history = new PlayedHistory().steady(0, 13_000, 0.5, (at) =>
      at >= 5_000 && at < 6_400 ? { startMs: 6_400, tookMs: 1 } : {},
    )
    const [result] = judge([p99], history, 13_000, 2_000)
    expect((result?.value ?? 0) / 1_270).toBeGreaterThan(0.98)
    expect((result?.value ?? 0) / 1_270).toBeLessThan(1.02)
    expect(result?.reasons.join()).toContain('1.0 ms from the actual start')
  })

  it('meets the quantiles of an exponential distribution', () => {
    // Evenly spaced probabilities, so that nothing is left to chance: the n-th time is the inverse of its share.
    const meanMs = 40
    const count = 20_000
    const history = new PlayedHistory().steady(0, 10_000, 0.5, (at) => ({
      tookMs: -meanMs * Math.log(1 - (at * 2 + 0.5) / count),
    }))
    for (const quantile of [0.5, 0.9, 0.99, 0.999]) {
      const objective: Objective = { ...p99, indicator: { kind: 'response-time', quantile } }
      const [result] = judge([objective], history, 10_000, 2_000)
      expect((result?.value ?? 0) / (-meanMs * Math.log(1 - quantile))).toBeCloseTo(1, 2)
    }
  })
})

describe('burn rate', () => {
  const burning: Objective = {
    name: 'burn',
    promise: 'burns no more than a fifth of its budget in 1.2 s',
    indicator: { kind: 'burn-rate', slo: 0.99, windowMs: 1_200 },
    window: { over: 'assault' },
    atMost: 2,
    samplesMin: 100,
  }

  it('is the error rate over the budget, in the long window and in a twelfth of it', () => {
    const history = new PlayedHistory().steady(0, 12_000, 10, (at) =>
      at % 100 === 0 ? { type: 'info', status: 500 } : {},
    )
    const [result] = judge([burning], history, 12_000)
    expect(result?.value).toBeCloseTo(10, 1)
    expect(result?.reasons.at(-1)).toBe('P = 12 s, W = 1.2 s and 100 ms, c = 20 % of the budget, B = 2.00')
  })

  it('does not count a burn that is over once the long window is full: the short one says so', () => {
    const history = new PlayedHistory().steady(0, 12_000, 10, (at) =>
      at < 200 ? { type: 'info', status: 500 } : {},
    )
    expect(judge([burning], history, 12_000)[0]).toMatchObject({ verdict: 'pass' })
  })
})
