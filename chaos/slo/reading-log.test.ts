import { describe, expect, it } from 'vitest'
import type { HistoryLine } from '../history/line.ts'
import { beginObjectives } from './begin-objectives.ts'
import type { Indicator, Objective } from './objective.ts'
import { steadyTimeline } from './played-history.ts'

/** What an objective says of workers that were counted once a second. */
function judged(indicator: Indicator, counts: readonly number[], limit: Partial<Objective>) {
  const objective: Objective = {
    name: 'workers',
    promise: 'has the workers that it needs',
    indicator,
    window: { over: 'load-phase', phase: 'hold' },
    samplesMin: 3,
    ...limit,
  }
  const judge = beginObjectives([objective], steadyTimeline(1, 30_000), () => 0)
  counts.forEach((value, second) => {
    const line: HistoryLine = { kind: 'observation', timeMs: second * 1_000, name: 'workers', value }
    judge.see(line)
  })
  judge.see({ kind: 'phase', timeMs: counts.length * 1_000, phase: 'heal' })
  return judge.end()[0]
}

const enough: Indicator = { kind: 'time-to-reading', condition: { reading: 'workers', above: 5 } }
const turns: Indicator = { kind: 'reading-turns', reading: 'workers' }
const changes: Indicator = { kind: 'reading-changes', reading: 'workers' }

describe('the time until a reading', () => {
  it('runs from the beginning of the window until it is first seen', () => {
    expect(judged(enough, [2, 2, 4, 6, 2], { atMost: 3_000 })).toMatchObject({
      verdict: 'pass',
      value: 3_000,
      unit: 'ms',
    })
    expect(judged(enough, [2, 2, 4, 4, 6], { atMost: 3_000 })?.reasons[0]).toContain('at most 3 s, got 4 s')
  })

  it('is a broken promise where it was never seen, and looked for long enough', () => {
    expect(judged(enough, Array(31).fill(2), { atMost: 10_000 })).toMatchObject({ verdict: 'fail' })
    expect(judged(enough, Array(31).fill(2), { atMost: 60_000 })).toMatchObject({ verdict: 'unknown' })
  })

  it('is not known where nobody looked', () => {
    expect(judged(enough, [], { atMost: 3_000 })).toMatchObject({ verdict: 'unknown', samples: 0 })
  })
})

describe('the oscillations of a reading', () => {
  it('are counted as turns between growing and shrinking', () => {
    expect(judged(turns, [2, 6, 6, 6, 5, 4, 2], { atMost: 1 })).toMatchObject({ verdict: 'pass', value: 1 })
    expect(judged(turns, [2, 6, 2, 6, 2], { atMost: 1 })).toMatchObject({
      verdict: 'fail',
      value: 3,
      unit: 'count',
    })
  })

  it('say which numbers were seen', () => {
    expect(judged(turns, [2, 6, 6, 2, 6], { atMost: 1 })?.reasons).toContain('workers: 2, 6, 2, 6')
  })

  it('are not known where nobody counted', () => {
    expect(judged(turns, [], { atMost: 1 })).toMatchObject({ verdict: 'unknown' })
  })
})

describe('the changes of a reading', () => {
  it('are all that there are, in either direction', () => {
    expect(judged(changes, [4, 4, 5, 6, 6], { atMost: 0 })).toMatchObject({ verdict: 'fail', value: 2 })
    expect(judged(changes, [4, 4, 4], { atMost: 0 })).toMatchObject({ verdict: 'pass', value: 0 })
  })
})
