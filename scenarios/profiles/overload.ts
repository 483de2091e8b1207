import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { LoadProfile, Stage } from './load-profile.ts'
import { makeProfile, perSecond, type ShapeOptions } from './shape.ts'

export interface OverloadOptions extends ShapeOptions {
  /** What the system carries: the knee, as it was measured. */
  readonly capacityPerSecond: number
  /** How many times as much is asked of it, one after the other. */
  readonly factors: readonly number[]
  readonly overloadMs: number
  /** At half the capacity, before, between and after. */
  readonly restMs: number
}

/**
 * Half the capacity, then for each factor a plateau that nobody can carry, and after each again half the capacity. Phases
 * are `before`, `x2`, `after-x2`, …: a system that is stable afterwards accepts as much in each `after` as `before`.
 */
export function overload(options: OverloadOptions): LoadProfile {
  const { capacityPerSecond, factors, overloadMs, restMs } = options
  const restPerSecond = capacityPerSecond / 2
  const highest = Math.max(0, ...factors)
  const numbers = {
    rates: { capacityPerSecond, highestPerSecond: capacityPerSecond * highest },
    times: { overloadMs, restMs },
    problems:
      factors.length > 0 && factors.every((factor) => factor > 1)
        ? []
        : [`factors must be one or more numbers above 1, got ${factors.join(', ') || 'none'}`],
  }
  return makeProfile('overload', numbers, options, () => ({
    startPerSecond: restPerSecond,
    stages: [
      { phase: 'before', durationMs: restMs, targetPerSecond: restPerSecond },
      ...factors.flatMap((factor) => [
        ...plateau(`x${factor}`, capacityPerSecond * factor, overloadMs),
        ...plateau(`after-x${factor}`, restPerSecond, restMs),
      ]),
    ],
    description:
      `${factors.join(', ')} times ${perSecond(capacityPerSecond)} for ${formatDuration(overloadMs)} each, ` +
      `with ${formatDuration(restMs)} at half of it before and after`,
  }))
}

function plateau(phase: string, targetPerSecond: number, durationMs: number): readonly Stage[] {
  return [
    { phase, durationMs: 0, targetPerSecond },
    { phase, durationMs, targetPerSecond },
  ]
}
