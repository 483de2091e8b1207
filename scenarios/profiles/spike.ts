import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { LoadProfile } from './load-profile.ts'
import { makeProfile, perSecond, type ShapeOptions, within } from './shape.ts'

export interface SpikeOptions extends ShapeOptions {
  readonly basePerSecond?: number
  readonly peakPerSecond?: number
  /** At the base rate, before anything is judged: caches fill, pools open, just-in-time compilers settle. */
  readonly warmUpMs?: number
  readonly baseMs?: number
  readonly riseMs?: number
  readonly holdMs?: number
  readonly fallMs?: number
  readonly tailMs?: number
}

/**
 * The size for a machine with two cores that carry everything. With every part on them and each link through a proxy,
 * some 600 orders a second were carried from a cold start; 1,000 a second left the load generator itself without a core.
 * At 500 a second the peak alone leaves no backlog; a store that is cut off for some seconds at the peak does, thousands
 * deep, and the tail is long enough to see it go. 85 s of load and 27,500 arrivals, of which about 25,000 are orders.
 */
const laptop = {
  basePerSecond: 200,
  peakPerSecond: 500,
  warmUpMs: 15_000,
  baseMs: 10_000,
  riseMs: 5_000,
  holdMs: 30_000,
  fallMs: 5_000,
  tailMs: 20_000,
} as const

/** A base load, a steep rise to the peak, a plateau, a fall, and a tail at the base load in which to recover. */
export function spike(options: SpikeOptions = {}): LoadProfile {
  const { basePerSecond, peakPerSecond, warmUpMs, baseMs, riseMs, holdMs, fallMs, tailMs } = {
    ...laptop,
    ...options,
  }
  const problems =
    peakPerSecond < basePerSecond
      ? [`peakPerSecond must be at least basePerSecond (${basePerSecond}), got ${peakPerSecond}`]
      : []
  const numbers = {
    rates: { basePerSecond, peakPerSecond },
    times: { warmUpMs, baseMs, riseMs, holdMs, fallMs, tailMs },
    problems,
  }
  return makeProfile('spike', numbers, options, () => ({
    startPerSecond: basePerSecond,
    stages: [
      { phase: 'warm-up', durationMs: warmUpMs, targetPerSecond: basePerSecond },
      { phase: 'base', durationMs: baseMs, targetPerSecond: basePerSecond },
      { phase: 'rise', durationMs: riseMs, targetPerSecond: peakPerSecond },
      { phase: 'hold', durationMs: holdMs, targetPerSecond: peakPerSecond },
      { phase: 'fall', durationMs: fallMs, targetPerSecond: basePerSecond },
      { phase: 'tail', durationMs: tailMs, targetPerSecond: basePerSecond },
    ],
    description:
      `${perSecond(basePerSecond)} for ${formatDuration(warmUpMs)} to warm up and ${formatDuration(baseMs)} more, up to ${perSecond(peakPerSecond)} ` +
      `${within(riseMs)}, held for ${formatDuration(holdMs)}, back ${within(fallMs)}, ` +
      `then ${formatDuration(tailMs)} at ${perSecond(basePerSecond)}`,
  }))
}
