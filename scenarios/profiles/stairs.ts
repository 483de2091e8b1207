import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { LoadProfile, Stage } from './load-profile.ts'
import { makeProfile, perSecond, type ShapeOptions } from './shape.ts'

export interface StairsOptions extends ShapeOptions {
  readonly firstPerSecond: number
  /** What each step adds to the one before it. */
  readonly riserPerSecond: number
  readonly steps: number
  readonly treadMs: number
  /** At the first rate, before any step counts: what is still cold would be taken for the knee. */
  readonly warmUpMs?: number
}

/** Each step is a phase of its own, `step-1` first: what held on one of them is what the knee is found by. */
export function stairs(options: StairsOptions): LoadProfile {
  const { firstPerSecond, riserPerSecond, steps, treadMs, warmUpMs = 0 } = options
  const whole = Number.isInteger(steps) && steps >= 1 && steps <= 1_000
  const lastPerSecond = firstPerSecond + riserPerSecond * ((whole ? steps : 1) - 1)
  const numbers = {
    rates: { firstPerSecond, riserPerSecond, lastPerSecond },
    times: { treadMs, warmUpMs },
    problems: whole ? [] : [`steps must be a whole number from 1 to 1000, got ${steps}`],
  }
  return makeProfile('stairs', numbers, options, () => ({
    startPerSecond: firstPerSecond,
    stages: [
      ...(warmUpMs > 0 ? [{ phase: 'warm-up', durationMs: warmUpMs, targetPerSecond: firstPerSecond }] : []),
      ...Array.from({ length: steps }, (_, step) =>
        stepStages(step + 1, firstPerSecond + riserPerSecond * step, treadMs),
      ).flat(),
    ],
    description:
      `${steps} steps of ${formatDuration(treadMs)}, from ${perSecond(firstPerSecond)} ` +
      `to ${perSecond(lastPerSecond)}` +
      (warmUpMs > 0 ? `, after ${formatDuration(warmUpMs)} to warm up` : ''),
  }))
}

/** A jump, then a tread. */
function stepStages(step: number, targetPerSecond: number, treadMs: number): readonly Stage[] {
  const phase = `step-${step}`
  return [
    { phase, durationMs: 0, targetPerSecond },
    { phase, durationMs: treadMs, targetPerSecond },
  ]
}
