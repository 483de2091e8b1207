import type { Alert, AlertCondition, Selector, Threshold } from './alert.ts'
import { type AlertSamples, growth, type SampleSeries, valueAt } from './alert-samples.ts'

/** A stretch in which an alert fired. Times are those of looks, ms since the run began. */
export interface Firing {
  readonly alert: string
  /** The value of the label that it is counted by; empty if there is none. */
  readonly group: string
  readonly fromMs: number
  /** The last look at which it fired. */
  readonly toMs: number
}

/**
 * When which alert fires over the samples of a run, as Prometheus would say it: the condition is looked at whenever
 * there are new samples, and an alert fires as soon as its condition has held at every look for its time. Rates are
 * not extrapolated to the edges of their windows: shares of rates come out the same without.
 */
export function firingsOf(alerts: readonly Alert[], samples: AlertSamples): readonly Firing[] {
  return alerts.flatMap((alert) => firingsOfOne(alert, samples))
}

function firingsOfOne({ name, condition, forMs }: Alert, samples: AlertSamples): readonly Firing[] {
  const groupsAt = evaluator(condition, samples)
  const since = new Map<string, number>()
  const now = new Map<string, { fromMs: number; toMs: number }>()
  const firings: Firing[] = []
  const endOf = (group: string) => {
    const ended = now.get(group)
    if (ended !== undefined) firings.push({ alert: name, group, ...ended })
    now.delete(group)
    since.delete(group)
  }
  for (const lookMs of samples.looks) {
    const groups = groupsAt(lookMs)
    for (const group of [...since.keys()]) if (!groups.has(group)) endOf(group)
    for (const group of groups) {
      const sinceMs = since.get(group) ?? lookMs
      since.set(group, sinceMs)
      if (lookMs - sinceMs < forMs) continue
      now.set(group, { fromMs: now.get(group)?.fromMs ?? lookMs, toMs: lookMs })
    }
  }
  for (const group of [...now.keys()]) endOf(group)
  return firings
}

/** For which groups a condition holds at a look. Conditions without groups have one, of no name. */
function evaluator(
  condition: AlertCondition,
  samples: AlertSamples,
): (lookMs: number) => ReadonlySet<string> {
  const one = (holds: boolean): ReadonlySet<string> => new Set(holds ? [''] : [])
  const series = samples.select(condition.of)
  switch (condition.kind) {
    case 'share': {
      const { windowsMs, threshold } = condition
      const among = samples.select(condition.among)
      const share = (lookMs: number, windowMs: number) =>
        sumOfGrowth(series, lookMs, windowMs) / sumOfGrowth(among, lookMs, windowMs)
      return (lookMs) => one(windowsMs.every((windowMs) => isOver(share(lookMs, windowMs), threshold)))
    }
    case 'increase':
      return (lookMs) => one(isOver(sumOfGrowth(series, lookMs, condition.windowMs), condition.threshold))
    case 'gauge':
      return (lookMs) => groupsOver(series, lookMs, condition)
    case 'absent':
      return (lookMs) => one(series.every((each) => valueAt(each, lookMs) === undefined))
    default:
      return condition satisfies never
  }
}

function groupsOver(
  series: readonly SampleSeries[],
  lookMs: number,
  { take, by, threshold }: AlertCondition & { readonly kind: 'gauge' },
): ReadonlySet<string> {
  const best = new Map<string, number>()
  for (const each of series) {
    const value = valueAt(each, lookMs)
    if (value === undefined) continue
    const group = by === undefined ? '' : (each.labels[by] ?? '')
    best.set(group, Math[take](best.get(group) ?? value, value))
  }
  return new Set([...best].flatMap(([group, value]) => (isOver(value, threshold) ? [group] : [])))
}

/** NaN where there is nothing to add up, as nothing is neither above nor below anything. */
function sumOfGrowth(series: readonly SampleSeries[], lookMs: number, windowMs: number): number {
  const grown = series.flatMap((each) => growth(each, lookMs, windowMs) ?? [])
  return grown.length === 0 ? Number.NaN : grown.reduce((sum, each) => sum + each, 0)
}

function isOver(value: number, threshold: Threshold): boolean {
  if ('above' in threshold) return value > threshold.above
  return 'below' in threshold ? value < threshold.below : value === threshold.is
}

/** What an alert needs to have seen for its silence to say anything; nothing, where the lack of samples is its subject. */
export function neededBy({ condition }: Alert): Selector | undefined {
  if (condition.kind === 'share') return condition.among
  return condition.kind === 'gauge' ? condition.of : undefined
}
