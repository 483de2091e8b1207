import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { LoadProfile } from './load-profile.ts'
import { makeProfile, perSecond, type ShapeOptions } from './shape.ts'

export interface ConstantOptions extends ShapeOptions {
  readonly perSecond: number
  readonly durationMs: number
}

/** The same rate from the first moment to the last: a control, and what every other shape is compared with. */
export function constant(options: ConstantOptions): LoadProfile {
  const { perSecond: rate, durationMs } = options
  return makeProfile('constant', { rates: { perSecond: rate }, times: { durationMs } }, options, () => ({
    startPerSecond: rate,
    stages: [{ phase: 'hold', durationMs, targetPerSecond: rate }],
    description: `${perSecond(rate)} for ${formatDuration(durationMs)}`,
  }))
}
