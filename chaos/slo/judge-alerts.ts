import type { HistoryLine } from '../history/line.ts'
import { formatDuration } from '../kernel/duration.ts'
import type { Verdict } from '../kernel/verdict.ts'
import type { PromiseResult } from '../run-state.ts'
import type { AlertPlan } from './alert.ts'
import { type Firing, firingsOf, neededBy } from './alert-firings.ts'
import { AlertSamples } from './alert-samples.ts'
import { IntervalLog } from './intervals.ts'

export interface AlertsInProgress {
  see(line: HistoryLine): void
  /** One promise for each alert that must fire, where what it counts from was there, and one that no other fires. */
  end(): readonly PromiseResult[]
}

/** Judges over a history, in one pass, whether those alerts fired that were to fire, in time, and no other. */
export function beginAlerts(plan: AlertPlan | undefined): AlertsInProgress {
  if (plan === undefined) return { see: () => {}, end: () => [] }
  let samples = new AlertSamples()
  const intervals = new IntervalLog()
  return {
    see(line) {
      // Of the warm-up nothing is judged: neither what fired in it, nor later what a window remembers of it.
      if (line.kind === 'phase' && line.phase === 'assault') samples = new AlertSamples()
      samples.see(line)
      intervals.see(line)
    },
    end() {
      const brokenMs = intervals.faults()[0]?.fromMs
      const assaultMs = intervals.assault()?.fromMs ?? 0
      const seen = { firings: firingsOf(plan.rules, samples), samples, looks: samples.looks.length }
      const musts = plan.mustFire.flatMap((must) => {
        const sinceMs = must.since === 'assault' ? assaultMs : brokenMs
        return sinceMs === undefined ? [] : [judgeMust(must, sinceMs, seen)]
      })
      return [...musts, judgeSilence(plan, seen)]
    },
  }
}

interface Seen {
  readonly firings: readonly Firing[]
  readonly samples: AlertSamples
  /** How many looks there were since the assault began. */
  readonly looks: number
}

function judgeMust(
  { alert, withinMs, since }: AlertPlan['mustFire'][number],
  sinceMs: number,
  { firings, looks }: Seen,
): PromiseResult {
  const first = firings.find((firing) => firing.alert === alert && firing.toMs >= sinceMs)
  const afterMs = first === undefined ? undefined : Math.max(0, first.fromMs - sinceMs)
  const inTime = afterMs !== undefined && afterMs <= withinMs
  const verdict = looks === 0 ? 'unknown' : inTime ? 'pass' : 'fail'
  const begin = since === 'assault' ? 'the begin of the assault' : 'the first fault'
  const limit = `within ${formatDuration(withinMs)} of ${begin}`
  const seen = afterMs === undefined ? 'it did not fire' : `it fired after ${formatDuration(afterMs)}`
  return {
    name: `alert-${kebab(alert)}`,
    promise: `alert ${alert} fires ${limit}`,
    verdict,
    examined: looks,
    counts: afterMs === undefined ? {} : { 'ms until it fired': Math.round(afterMs) },
    examples: [],
    reasons: reasonsFor(verdict, `alert ${alert}: expected it ${limit}, and ${seen}`),
  }
}

function judgeSilence(plan: AlertPlan, { firings, samples, looks }: Seen): PromiseResult {
  const known = new Set([...plan.mustFire, ...plan.mayFire].map(({ alert }) => alert))
  const others = firings.filter(({ alert }) => !known.has(alert))
  const silent = plan.rules.filter(({ name }) => !known.has(name))
  const unseen = silent.flatMap((rule) => {
    const needed = neededBy(rule)
    return needed === undefined || samples.select(needed).length > 0 ? [] : [rule.name]
  })
  const verdict = others.length > 0 ? 'fail' : looks === 0 || unseen.length > 0 ? 'unknown' : 'pass'
  const names = [...new Set(others.map(({ alert }) => alert))].join(', ')
  return {
    name: 'no-other-alert',
    promise: known.size === 0 ? 'no alert fires' : `no alert fires but ${[...known].join(', ')}`,
    verdict,
    examined: looks === 0 ? 0 : silent.length,
    counts: { looks, fired: firings.length },
    examples: others.map(inWords),
    reasons: reasonsFor(
      verdict,
      others.length > 0
        ? `alerts that nobody expected: ${names}`
        : `alerts: there are no samples of what ${unseen.join(', ')} would look at`,
    ),
  }
}

function reasonsFor(verdict: Verdict, reason: string): readonly string[] {
  return verdict === 'pass' ? [] : [reason]
}

function inWords({ alert, group, fromMs, toMs }: Firing): string {
  const what = group === '' ? alert : `${alert} (${group})`
  return `${what}, ${(fromMs / 1_000).toFixed(1)} s to ${(toMs / 1_000).toFixed(1)} s`
}

function kebab(name: string): string {
  return name.replaceAll(/[a-z0-9](?=[A-Z])/g, '$&-').toLowerCase()
}
