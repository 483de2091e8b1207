import { describe, expect, it } from 'vitest'
import type { LoadTimeline } from '../system.ts'
import { keepsGoodput } from './keeps-goodput.ts'
import { PlayedHistory } from './played-history.ts'

/** Three steps of 2 s, at 50, 100 and 500 a second. */
const rates = [50, 100, 500]
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

/** A service that accepts all of the first two steps, and every `of`-th order of the third. */
function acceptingEach(of: number): PlayedHistory {
  let turn = 0
  return new PlayedHistory()
    .steady(0, 2_000, 20)
    .steady(2_000, 4_000, 10)
    .steady(4_000, 6_000, 2, () => {
      turn += 1
      return turn % of === 0 ? { tookMs: 1 } : { tookMs: 1, type: 'fail', status: 429 }
    })
}

function check(history: PlayedHistory, timesMin = 4) {
  const judged = keepsGoodput(timeline, { goodputMin: 0.9, timesMin }).begin()
  for (const line of history.lines) judged.see(line)
  return judged.end()
}

describe('goodput under overload', () => {
  it('is kept where an overload is answered by turning away what is too much', () => {
    expect(check(acceptingEach(5))).toMatchObject({
      verdict: 'pass',
      examined: 1,
      counts: { 'accepted per second at most': 100, 'asked per second at most': 500 },
    })
  })

  it('is lost where an overload takes from what is let in', () => {
    const { verdict, reasons } = check(acceptingEach(10))
    expect(verdict).toBe('fail')
    expect(reasons).toEqual([expect.stringContaining('expected 90 accepted orders a second in step-3')])
    expect(reasons[0]).toContain('got 50; the most was 100')
  })

  it('is unknown where nobody asked for that much, and where nothing was accepted', () => {
    expect(check(acceptingEach(5), 6)).toMatchObject({
      verdict: 'unknown',
      reasons: ['expected 6 times 100 a second to be asked for, got 500'],
    })
    expect(check(new PlayedHistory()).verdict).toBe('unknown')
  })
})
