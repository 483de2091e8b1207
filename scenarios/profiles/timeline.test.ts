import { describe, expect, it } from 'vitest'
import { spike } from './spike.ts'
import { timelineOf } from './timeline.ts'

const timeline = timelineOf(
  spike({
    basePerSecond: 100,
    peakPerSecond: 300,
    warmUpMs: 1_000,
    baseMs: 2_000,
    riseMs: 4_000,
    holdMs: 5_000,
    fallMs: 4_000,
    tailMs: 3_000,
  }),
)

describe('a timeline', () => {
  it('has the phases of the load, one after the other', () => {
    expect(timeline.phases).toEqual([
      { name: 'warm-up', fromMs: 0, toMs: 1_000 },
      { name: 'base', fromMs: 1_000, toMs: 3_000 },
      { name: 'rise', fromMs: 3_000, toMs: 7_000 },
      { name: 'hold', fromMs: 7_000, toMs: 12_000 },
      { name: 'fall', fromMs: 12_000, toMs: 16_000 },
      { name: 'tail', fromMs: 16_000, toMs: 19_000 },
    ])
    expect(timeline.durationMs).toBe(19_000)
  })

  it('has no phase that lasts no time', () => {
    const names = timelineOf(spike({ warmUpMs: 0, riseMs: 0, fallMs: 0 })).phases.map(({ name }) => name)
    expect(names).toEqual(['base', 'hold', 'tail'])
  })

  it('counts the arrivals between two times by the exact integral', () => {
    expect(timeline.arrivalsBetween(0, 3_000)).toBeCloseTo(300, 6)
    expect(timeline.arrivalsBetween(3_000, 7_000)).toBeCloseTo(800, 6)
    expect(timeline.arrivalsBetween(3_000, 5_000)).toBeCloseTo(300, 6)
    expect(timeline.arrivalsBetween(0, 19_000)).toBeCloseTo(100 * 6 + 800 * 2 + 1_500, 6)
  })

  it('has none before the start, after the end, or backwards', () => {
    expect(timeline.arrivalsBetween(-5_000, 0)).toBe(0)
    expect(timeline.arrivalsBetween(19_000, 90_000)).toBe(0)
    expect(timeline.arrivalsBetween(5_000, 4_000)).toBe(0)
  })
})
