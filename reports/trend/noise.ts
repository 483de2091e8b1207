import type { Measure, TrendRow } from './trend-row.ts'

/** How far good runs of one experiment lie apart, and what counts as further. */
export interface NoisePolicy {
  /** With fewer good runs there is no noise to speak of, only the tolerance. */
  readonly runsMin: number
  /** Times the scaled median absolute deviation; about so many standard deviations. */
  readonly deviations: number
  /** Share of the median that never counts as worse: the same setting, measured twice, differs by as much. */
  readonly toleranceShare: number
}

// 40 %: two measurements of one setting on one machine with two cores differed by up to that much.
export const defaultNoise: NoisePolicy = { runsMin: 3, deviations: 4, toleranceShare: 0.4 }

/** Differences below these are of no interest to anyone, however regular the runs are. */
const floors = { ratio: 0.005, ms: 20, factor: 0.1, count: 1 } as const
// The median absolute deviation of a normal distribution, times this, is its standard deviation.
const madScale = 1.4826
// The last so many good runs: older ones were of another machine, or of another service.
const goodRunsMax = 20

/** What good runs read: their median, and how much worse than it a run may be. */
export interface UsualRange {
  readonly median: number
  /** The worst value that is still usual. */
  readonly worst: number
  readonly runs: number
}

/** Runs that may be compared with this one: of the same question, load, service and number of faults, and good. */
export function goodRunsLike(row: TrendRow, rows: readonly TrendRow[]): readonly TrendRow[] {
  return rows
    .filter((other) => isAlike(row, other) && other.verdict === 'pass' && isBefore(other, row))
    .slice(-goodRunsMax)
}

/**
 * The newest run of another system under the same question, load and number of faults: what stood in place of this one, or
 * stands there now. A good one, or else one that was judged: a service that falls has no good one, and is to be seen.
 */
export function newestOfOthers(row: TrendRow, rows: readonly TrendRow[]): TrendRow | undefined {
  const others = rows.filter((other) => other.system !== row.system && isSameQuestion(row, other))
  const newest = (verdict: TrendRow['verdict']) => others.findLast((other) => other.verdict === verdict)
  return newest('pass') ?? newest('fail')
}

function isAlike(row: TrendRow, other: TrendRow): boolean {
  return other.system === row.system && isSameQuestion(row, other)
}

function isSameQuestion(row: TrendRow, other: TrendRow): boolean {
  return (
    other.runId !== row.runId &&
    other.experiment === row.experiment &&
    other.load === row.load &&
    other.faults === row.faults &&
    other.mutant === undefined
  )
}

function isBefore(other: TrendRow, row: TrendRow): boolean {
  return Date.parse(other.startedAt) <= Date.parse(row.startedAt)
}

/** undefined with fewer than `runsMin` good runs that have a value. */
export function usualRange(
  name: string,
  good: readonly TrendRow[],
  policy = defaultNoise,
): UsualRange | undefined {
  const measures = good.flatMap(({ objectives }) =>
    Object.hasOwn(objectives, name) ? [objectives[name] as Measure] : [],
  )
  const [first] = measures
  if (first === undefined || measures.length < policy.runsMin) return undefined
  const bad = measures.map(badness)
  const middle = median(bad)
  const deviation = madScale * median(bad.map((value) => Math.abs(value - middle)))
  const slack = Math.max(
    policy.deviations * deviation,
    policy.toleranceShare * Math.abs(middle),
    floors[first.unit],
  )
  const value = (bad: number) => valueAt(first, bad)
  return { median: value(middle), worst: value(middle + slack), runs: measures.length }
}

/** How bad a value is: greater is worse. A ratio that should be high is judged by what it misses. */
export function badness({ value, unit, better }: Measure): number {
  if (better === 'lower') return value
  return unit === 'ratio' ? 1 - value : -value
}

function valueAt({ unit, better }: Measure, bad: number): number {
  if (better === 'lower') return bad
  return unit === 'ratio' ? 1 - bad : -bad
}

/** Of at least one number. */
export function median(list: readonly number[]): number {
  const sorted = list.toSorted((left, right) => left - right)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2
}
