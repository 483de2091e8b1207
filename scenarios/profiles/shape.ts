import { formatDuration } from '../../chaos/kernel/duration.ts'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import type { JourneyMix, LoadProfile, Stage } from './load-profile.ts'
import { mixProblems, usualMix } from './mix.ts'

/** More than one machine's load generator can send: a typing error rather than a wish. */
const perSecondMax = 100_000
/** A day; a soak that is longer is run again. */
const durationMsMax = 24 * 3_600_000

export interface ShapeOptions {
  readonly mix?: Partial<JourneyMix>
}

/** The rates and times of a shape, by the names that its options have. */
export interface ShapeNumbers {
  readonly rates: Readonly<Record<string, number>>
  readonly times: Readonly<Record<string, number>>
  /** Further problems that only this shape knows. */
  readonly problems?: readonly string[]
}

/**
 * Makes a profile after all of its numbers were looked at: every problem is listed in one HARNESS_CONFIG_INVALID.
 * Stages of no length are left out, but for those that jump.
 */
export function makeProfile(
  name: string,
  numbers: ShapeNumbers,
  options: ShapeOptions,
  make: () => { startPerSecond: number; stages: readonly Stage[]; description: string },
): LoadProfile {
  const mix = { ...usualMix, ...options.mix }
  const problems = [...numberProblems(numbers), ...(numbers.problems ?? []), ...mixProblems(mix)]
  refuseProblems(`the load profile ${name}`, problems, 'the README of scenarios/profiles lists the options')
  const { startPerSecond, stages, description } = make()
  return { name, description: `${name}: ${description}`, startPerSecond, stages, mix }
}

function numberProblems({ rates, times }: ShapeNumbers): readonly string[] {
  const problems: string[] = []
  for (const [name, value] of Object.entries(rates)) {
    if (!(value >= 0 && value <= perSecondMax)) {
      problems.push(`${name} must be from 0 to ${perSecondMax} arrivals a second, got ${value}`)
    }
  }
  for (const [name, value] of Object.entries(times)) {
    if (!(value >= 0 && value <= durationMsMax)) {
      problems.push(`${name} must be from 0 to ${durationMsMax} ms, got ${value}`)
    }
  }
  const totalMs = Object.values(times).reduce((sum, value) => sum + value, 0)
  if (totalMs <= 0) problems.push('a load must last longer than 0 ms')
  return problems
}

/** "1,000/s" */
export function perSecond(rate: number): string {
  return `${rate.toLocaleString('en-US', { maximumFractionDigits: 2 })}/s`
}

/** "in 5 s", "for 20 s" */
export function within(ms: number): string {
  return ms === 0 ? 'at once' : `in ${formatDuration(ms)}`
}

/** Samples a smooth rate into linear pieces: k6 knows no others. The pieces meet the curve at their ends. */
export function smoothStages(
  phase: string,
  durationMs: number,
  pieces: number,
  rateAt: (share: number) => number,
): readonly Stage[] {
  return Array.from({ length: pieces }, (_, index) => ({
    phase,
    durationMs: Math.round((durationMs * (index + 1)) / pieces) - Math.round((durationMs * index) / pieces),
    targetPerSecond: Math.round(rateAt((index + 1) / pieces) * 1_000) / 1_000,
  }))
}
