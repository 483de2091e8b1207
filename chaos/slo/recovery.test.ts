import { describe, expect, it } from 'vitest'
import { beginObjectives } from './begin-objectives.ts'
import type { Objective } from './objective.ts'
import { PlayedHistory, steadyTimeline } from './played-history.ts'

function begin(history: PlayedHistory, objectives: readonly Objective[] = [], durationMs = 30_000) {
  const judged = beginObjectives(objectives, steadyTimeline(100, durationMs), () => 0)
  for (const line of history.lines) judged.see(line)
  return judged
}

/** A fault from 5 s to 10 s: nothing is accepted until 8 s, half of it until 12 s. */
const lived = () =>
  new PlayedHistory()
    .steady(0, 30_000, 10, (at) => {
      const down = at >= 5_100 && at < 8_000
      const half = at >= 8_000 && at < 12_000 && at % 20 === 0
      return down || half ? { type: 'info', status: 504 } : {}
    })
    .fault('f1', 'container-kill', { injected: 5_000, felt: 5_050, healed: 10_000 })
    .backlog({ 1000: 0, 4000: 20, 5000: 500, 9000: 3000, 10000: 3000, 11000: 2000, 12000: 1000 })
    .backlog({ 13000: 0, 13500: 10, 14000: 0, 15000: 0, 31000: 0, 32000: 0, 33000: 0 })

describe('recovery', () => {
  it('says when a fault was seen, when the first order came through, when all was normal and drained', () => {
    const [figures] = begin(lived()).recovery()
    expect(figures).toMatchObject({ fault: 'f1', detectMs: 51, normalMs: 2_000, drainedMs: 3_000 })
    expect(figures?.firstSuccessMs).toBeCloseTo(8_011 - 5_050, -1)
  })

  it('is never shorter than draining at the highest rate that was seen', () => {
    const [figures] = begin(lived()).recovery()
    // 3,000 wait; 1,000 a second go beyond what arrives.
    expect(figures?.drainedAtLeastMs).toBeGreaterThan(2_500)
    expect(figures?.drainedAtLeastMs).toBeLessThanOrEqual(3_100)
  })

  it('breaks its limit where the normal state never came back', () => {
    const history = new PlayedHistory()
      .steady(0, 30_000, 10, (at) => (at >= 5_000 ? { type: 'info', status: 504 } : {}))
      .fault('f1', 'latency', { injected: 5_000, healed: 8_000 })
    const normal: Objective = {
      name: 'time-to-normal',
      promise: 'is back to normal 5 s after each fault',
      indicator: { kind: 'time-to-normal' },
      window: { over: 'each-fault' },
      atMost: 5_000,
      samplesMin: 1,
    }
    expect(begin(history, [normal]).end()[0]).toMatchObject({ verdict: 'fail', unit: 'ms' })
    expect(begin(lived(), [normal]).end()[0]).toMatchObject({ verdict: 'pass', value: 2_000 })
  })

  it('does not count the time in which another fault was in', () => {
    const history = new PlayedHistory()
      .steady(0, 30_000, 10, (at) => (at >= 5_000 && at < 12_000 ? { type: 'info', status: 504 } : {}))
      .fault('f1', 'latency', { injected: 4_000, healed: 6_000 })
      .fault('f2', 'latency', { injected: 8_000, healed: 11_000 })
    const figures = begin(history).recovery()
    // f1: 6 s from its heal to normal, 3 of them with f2 in. f2: one second.
    expect(figures.map(({ normalMs }) => normalMs)).toEqual([3_000, 1_000])
  })

  it('cannot say whether all is normal where the load ended too early', () => {
    const history = new PlayedHistory()
      .steady(0, 12_000, 10)
      .fault('f1', 'latency', { injected: 5_000, healed: 9_000 })
    const normal: Objective = {
      name: 'time-to-normal',
      promise: '',
      indicator: { kind: 'time-to-normal' },
      window: { over: 'each-fault' },
      atMost: 5_000,
      samplesMin: 1,
    }
    expect(begin(history, [normal], 12_000).end()[0]).toMatchObject({ verdict: 'unknown' })
  })

  it('drains after the load once three readings in a row are empty', () => {
    const drained: Objective = {
      name: 'time-to-drained',
      promise: '',
      indicator: { kind: 'time-to-drained' },
      window: { over: 'assault' },
      atMost: 10_000,
      samplesMin: 1,
    }
    expect(begin(lived(), [drained]).end()[0]).toMatchObject({ verdict: 'pass', value: 1_000 })
    const never = new PlayedHistory()
      .steady(0, 30_000, 10)
      .backlog({ 31000: 5, 35000: 0, 36000: 7, 45000: 7 })
    expect(begin(never, [drained]).end()[0]).toMatchObject({ verdict: 'fail' })
  })
})
