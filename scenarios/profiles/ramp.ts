import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { LoadProfile } from './load-profile.ts'
import { makeProfile, perSecond, type ShapeOptions, within } from './shape.ts'

export interface RampOptions extends ShapeOptions {
  readonly fromPerSecond: number
  readonly toPerSecond: number
  readonly rampMs: number
  /** How long the rate stays where the ramp led. */
  readonly holdMs: number
}

/** A straight line from one rate to another, up or down, and then a plateau. */
export function ramp(options: RampOptions): LoadProfile {
  const { fromPerSecond, toPerSecond, rampMs, holdMs } = options
  const numbers = { rates: { fromPerSecond, toPerSecond }, times: { rampMs, holdMs } }
  return makeProfile('ramp', numbers, options, () => ({
    startPerSecond: fromPerSecond,
    stages: [
      { phase: 'ramp', durationMs: rampMs, targetPerSecond: toPerSecond },
      { phase: 'hold', durationMs: holdMs, targetPerSecond: toPerSecond },
    ],
    description:
      `from ${perSecond(fromPerSecond)} to ${perSecond(toPerSecond)} ${within(rampMs)}, ` +
      `held for ${formatDuration(holdMs)}`,
  }))
}
