import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { LoadProfile } from './load-profile.ts'
import { makeProfile, perSecond, type ShapeOptions, smoothStages } from './shape.ts'

export interface FlashCrowdOptions extends ShapeOptions {
  readonly basePerSecond: number
  readonly peakPerSecond: number
  readonly baseMs: number
  readonly riseMs: number
  readonly tailMs: number
}

const risePieces = 20
const tailPieces = 40
/** At the end of the tail this share of the crowd is left; it goes home at once. */
const leftAtEnd = 0.02

/**
 * A crowd that hears of something: a rise without a corner (half a cosine), and a long tail in which it goes home (an
 * exponential decay, down to a fiftieth). Both are compiled into short linear pieces: k6 knows no curves.
 */
export function flashCrowd(options: FlashCrowdOptions): LoadProfile {
  const { basePerSecond, peakPerSecond, baseMs, riseMs, tailMs } = options
  const height = peakPerSecond - basePerSecond
  const numbers = {
    rates: { basePerSecond, peakPerSecond },
    times: { baseMs, riseMs, tailMs },
    problems:
      height < 0
        ? [`peakPerSecond must be at least basePerSecond (${basePerSecond}), got ${peakPerSecond}`]
        : [],
  }
  return makeProfile('flash-crowd', numbers, options, () => ({
    startPerSecond: basePerSecond,
    stages: [
      { phase: 'base', durationMs: baseMs, targetPerSecond: basePerSecond },
      ...smoothStages(
        'rise',
        riseMs,
        risePieces,
        (share) => basePerSecond + (height * (1 - Math.cos(Math.PI * share))) / 2,
      ),
      ...smoothStages('tail', tailMs, tailPieces, (share) => basePerSecond + height * leftAtEnd ** share),
    ],
    description:
      `${perSecond(basePerSecond)} for ${formatDuration(baseMs)}, a smooth rise to ${perSecond(peakPerSecond)} ` +
      `in ${formatDuration(riseMs)} (${risePieces} linear pieces), and a tail of ${formatDuration(tailMs)} (${tailPieces} pieces)`,
  }))
}
