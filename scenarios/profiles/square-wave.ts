import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { LoadProfile, Stage } from './load-profile.ts'
import { makeProfile, perSecond, type ShapeOptions } from './shape.ts'

export interface SquareWaveOptions extends ShapeOptions {
  readonly lowPerSecond: number
  readonly highPerSecond: number
  readonly lowMs: number
  readonly highMs: number
  readonly periods: number
}

/** Low and high in turn, with jumps between them: what an autoscaler with a slow gauge chases in vain. */
export function squareWave(options: SquareWaveOptions): LoadProfile {
  const { lowPerSecond, highPerSecond, lowMs, highMs, periods } = options
  const numbers = {
    rates: { lowPerSecond, highPerSecond },
    times: { lowMs, highMs },
    problems: [
      ...(highPerSecond < lowPerSecond
        ? [`highPerSecond must be at least lowPerSecond (${lowPerSecond}), got ${highPerSecond}`]
        : []),
      ...(Number.isInteger(periods) && periods >= 1 && periods <= 1_000
        ? []
        : [`periods must be a whole number from 1 to 1000, got ${periods}`]),
    ],
  }
  const period: readonly Stage[] = [
    { phase: 'low', durationMs: 0, targetPerSecond: lowPerSecond },
    { phase: 'low', durationMs: lowMs, targetPerSecond: lowPerSecond },
    { phase: 'high', durationMs: 0, targetPerSecond: highPerSecond },
    { phase: 'high', durationMs: highMs, targetPerSecond: highPerSecond },
  ]
  return makeProfile('square-wave', numbers, options, () => ({
    startPerSecond: lowPerSecond,
    stages: Array.from({ length: periods }, () => period).flat(),
    description:
      `${periods} times ${perSecond(lowPerSecond)} for ${formatDuration(lowMs)} ` +
      `and ${perSecond(highPerSecond)} for ${formatDuration(highMs)}`,
  }))
}
