import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { LoadProfile } from './load-profile.ts'
import { makeProfile, perSecond, type ShapeOptions } from './shape.ts'

export interface SoakOptions extends ShapeOptions {
  readonly perSecond: number
  /** Up to the rate, and down from it at the end. */
  readonly edgeMs: number
  readonly holdMs: number
}

/** A long steady load between two soft edges: for what leaks, fills up or ages. */
export function soak(options: SoakOptions): LoadProfile {
  const { perSecond: rate, edgeMs, holdMs } = options
  const numbers = { rates: { perSecond: rate }, times: { edgeMs, holdMs } }
  return makeProfile('soak', numbers, options, () => ({
    startPerSecond: 0,
    stages: [
      { phase: 'rise', durationMs: edgeMs, targetPerSecond: rate },
      { phase: 'hold', durationMs: 0, targetPerSecond: rate },
      { phase: 'hold', durationMs: holdMs, targetPerSecond: rate },
      { phase: 'fall', durationMs: edgeMs, targetPerSecond: 0 },
    ],
    description: `up to ${perSecond(rate)} in ${formatDuration(edgeMs)}, held for ${formatDuration(holdMs)}, and down again`,
  }))
}
