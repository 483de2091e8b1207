import { describe, expect, it } from 'vitest'
import { beginObjectives } from './begin-objectives.ts'
import type { Indicator, Objective } from './objective.ts'
import { PlayedHistory, steadyTimeline } from './played-history.ts'

const of = (indicator: Indicator, atMost: number): Objective => ({
  name: indicator.kind,
  promise: '',
  indicator,
  window: { over: 'assault' },
  samplesMin: 1,
  atMost,
})

function judge(history: PlayedHistory, ...objectives: readonly Objective[]) {
  const judged = beginObjectives(objectives, steadyTimeline(100, 10_000), () => 0)
  for (const line of history.lines) judged.see(line)
  return judged.end()
}

const shedTwice = () => new PlayedHistory().steady(0, 10_000, 10, () => ({ shedFirst: 2, tookMs: 10 }))

describe('what retrying multiplies', () => {
  it('is attempts and shed attempts, an order', () => {
    expect(judge(shedTwice(), of({ kind: 'shed' }, 1), of({ kind: 'amplification' }, 1.5))).toMatchObject([
      { verdict: 'fail', value: 2, unit: 'ratio' },
      { verdict: 'fail', value: 3, unit: 'factor' },
    ])
  })

  it('is, behind the door, attempts that were let in, of the orders of which one was', () => {
    const letIn = of({ kind: 'amplification', of: 'let-in' }, 1.1)
    expect(judge(shedTwice(), letIn)).toMatchObject([{ verdict: 'pass', value: 1, samples: 1_000 }])
    const neverIn = shedTwice().arrival({ intendedMs: 9_999, shedFirst: 1, type: 'fail', status: 429 })
    expect(judge(neverIn, letIn)).toMatchObject([{ value: 1, samples: 1_000 }])
  })
})
