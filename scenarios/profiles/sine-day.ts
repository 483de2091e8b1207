import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { LoadProfile } from './load-profile.ts'
import { makeProfile, perSecond, type ShapeOptions, smoothStages } from './shape.ts'

export interface SineDayOptions extends ShapeOptions {
  readonly nightPerSecond: number
  readonly noonPerSecond: number
  /** How long one day takes in the test. */
  readonly dayMs: number
  readonly days: number
}

const piecesPerDay = 48

/** Days from midnight to midnight: a sine between the rate of the night and that of noon, in half hours of the day. */
export function sineDay(options: SineDayOptions): LoadProfile {
  const { nightPerSecond, noonPerSecond, dayMs, days } = options
  const numbers = {
    rates: { nightPerSecond, noonPerSecond },
    times: { dayMs },
    problems: [
      ...(noonPerSecond < nightPerSecond
        ? [`noonPerSecond must be at least nightPerSecond (${nightPerSecond}), got ${noonPerSecond}`]
        : []),
      ...(Number.isInteger(days) && days >= 1 && days <= 100
        ? []
        : [`days must be a whole number from 1 to 100, got ${days}`]),
    ],
  }
  const rateAt = (share: number) =>
    nightPerSecond + ((noonPerSecond - nightPerSecond) * (1 - Math.cos(2 * Math.PI * share))) / 2
  return makeProfile('sine-day', numbers, options, () => ({
    startPerSecond: nightPerSecond,
    stages: Array.from({ length: days }, (_, day) =>
      smoothStages(`day-${day + 1}`, dayMs, piecesPerDay, rateAt),
    ).flat(),
    description:
      `${days} days of ${formatDuration(dayMs)}, from ${perSecond(nightPerSecond)} at night ` +
      `to ${perSecond(noonPerSecond)} at noon (${piecesPerDay} linear pieces a day)`,
  }))
}
