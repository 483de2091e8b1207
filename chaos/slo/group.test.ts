import { describe, expect, it } from 'vitest'
import { beginObjectives } from './begin-objectives.ts'
import type { Objective } from './objective.ts'
import { PlayedHistory, steadyTimeline } from './played-history.ts'

const quiet: Objective = {
  name: 'availability',
  promise: 'accepts 99 % of the orders of quiet clients',
  indicator: { kind: 'availability' },
  window: { over: 'assault' },
  group: 'quiet',
  atLeast: 0.99,
  samplesMin: 100,
}

describe('an objective of one group of clients', () => {
  it('counts its own arrivals, and the dropped ones, which could be anybody’s', () => {
    const history = new PlayedHistory()
      .steady(0, 10_000, 10)
      .steady(0, 10_000, 100, () => ({ group: 'quiet' }))
      .steady(0, 10_000, 10, () => ({ group: 'noisy', type: 'fail', status: 429 }))
      .dropped(5_000, 1)
    const objectives = [quiet, { ...quiet, name: 'of-the-noisy-one', group: 'noisy' }]
    const judged = beginObjectives(objectives, steadyTimeline(210, 10_000), () => 0)
    for (const line of history.lines) judged.see(line)
    const [ofQuiet, ofNoisy] = judged.end()
    expect(ofQuiet).toMatchObject({ samples: 101, value: 100 / 101 })
    expect(ofNoisy).toMatchObject({ samples: 1_001, value: 0 })
  })
})
