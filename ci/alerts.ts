import { formatDuration } from '../chaos/kernel/duration.ts'
import { type Alert, onTestTime, type Selector } from '../chaos/slo/alert.ts'
import type { Objective } from '../chaos/slo/objective.ts'
import type { WordedAlert } from '../reports/monitoring/alert-rules.ts'
import { formatRatio } from '../reports/render/format.ts'
import { orderObjectives } from './budgets.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const route = { matches: 'submit' }
// Answers to requests that the client got wrong are no evidence for or against the service.
const valid: Selector = {
  metric: 'http_requests_total',
  labels: { route, status: { matchesNot: '400|409|413|422' } },
}
const answered = (status: string): Selector => ({
  metric: 'http_requests_total',
  labels: { route, status: { matches: status } },
})

/**
 * The pairs of the SRE workbook, chapter 5, for a budget of 30 days: both windows must burn faster than this, the
 * short one so that an alert ends soon after its cause.
 */
export const burnWindows = [
  {
    name: '1h',
    windowsMs: [hourMs, 5 * minuteMs],
    factor: 14.4,
    severity: 'page',
    spends: '2 % of the month in an hour',
  },
  {
    name: '6h',
    windowsMs: [6 * hourMs, 30 * minuteMs],
    factor: 6,
    severity: 'page',
    spends: '5 % of the month in six hours',
  },
  {
    name: '3d',
    windowsMs: [3 * dayMs, 6 * hourMs],
    factor: 1,
    severity: 'ticket',
    spends: '10 % of the month in three days',
  },
] as const

/** The alerts that a set of objectives asks for, and those that the parts of the service need beside them. */
export function serviceAlerts(objectives: readonly Objective[]): readonly WordedAlert[] {
  return [...objectives.flatMap(objectiveAlerts), ...partAlerts]
}

/** Objectives over a whole run become alerts; those over single faults have nothing to look at in production. */
function objectiveAlerts({ indicator, window, promise, atLeast, atMost }: Objective): WordedAlert[] {
  if (window.over !== 'assault') return []
  if (indicator.kind === 'availability' && atLeast !== undefined) return burnAlerts(atLeast)
  if (indicator.kind === 'response-time' && atMost !== undefined)
    return [slowAlert(indicator.quantile, atMost, promise)]
  if (indicator.kind === 'shed' && atMost !== undefined) return [shedAlert(atMost, promise)]
  if (indicator.kind === 'time-to-drained' && atMost !== undefined) return [backlogAlert(atMost, promise)]
  return []
}

function burnAlerts(slo: number): WordedAlert[] {
  return burnWindows.map(({ name, windowsMs, factor, severity, spends }) => ({
    name: `ErrorBudgetBurn${name}`,
    condition: {
      kind: 'share',
      of: answered('5..'),
      among: valid,
      windowsMs,
      threshold: { above: Number((factor * (1 - slo)).toFixed(6)) },
    },
    forMs: 0,
    severity,
    summary: `Orders fail ${factor} times as fast as ${formatRatio(slo)} allows`,
    description: `At this rate the service spends ${spends}. Look at which part does not answer first.`,
  }))
}

/**
 * By the share of quick answers, not by a quantile: Prometheus gives no quantile above its last bucket, so that a
 * limit at that bucket would never be passed. The limit must be a bucket of the service's histogram.
 */
function slowAlert(quantile: number, atMostMs: number, promise: string): WordedAlert {
  const seconds = atMostMs / 1_000
  const le = Number.isInteger(seconds) ? `${seconds}|${seconds}[.]0` : String(seconds).replace('.', '[.]')
  const name = `P${Number((quantile * 100).toFixed(3))}`.replace('.', '_')
  return {
    name: `Slow${name}`,
    condition: {
      kind: 'share',
      of: { metric: 'http_request_duration_seconds_bucket', labels: { route, le: { matches: le } } },
      among: { metric: 'http_request_duration_seconds_count', labels: { route } },
      windowsMs: [5 * minuteMs],
      threshold: { below: quantile },
    },
    forMs: 5 * minuteMs,
    severity: 'page',
    summary: `Orders wait longer than ${formatDuration(atMostMs)} for their answer`,
    description: `The service ${promise}. Its own clock starts later than the client's: for people it is slower still.`,
  }
}

function shedAlert(atMost: number, promise: string): WordedAlert {
  return {
    name: 'Shedding',
    condition: {
      kind: 'share',
      // Whoever is over its own quota, or has too much that waits, is turned away for the others' sake, however often.
      of: { metric: 'orders_refused_total', labels: { cause: { matchesNot: 'quota|hot-key' } } },
      among: valid,
      windowsMs: [5 * minuteMs],
      threshold: { above: atMost },
    },
    forMs: 5 * minuteMs,
    severity: 'page',
    summary: `More than ${formatRatio(atMost)} of the orders are turned away`,
    description: `The service ${promise}. More replicas or more workers; until then it protects itself.`,
  }
}

function backlogAlert(atMostMs: number, promise: string): WordedAlert {
  return {
    name: 'BacklogOld',
    condition: {
      kind: 'gauge',
      of: { metric: 'queue_age_seconds' },
      take: 'max',
      threshold: { above: atMostMs / 1_000 },
    },
    forMs: 2 * minuteMs,
    severity: 'ticket',
    summary: `Orders wait longer than ${formatDuration(atMostMs)} for a worker`,
    description: `The service ${promise}. Nothing is lost; the workers are too few, or the store is slow, or a worker’s clock is wrong.`,
  }
}

const partAlerts: readonly WordedAlert[] = [
  {
    name: 'DeadLetters',
    condition: {
      kind: 'increase',
      // Poison and conflicts are the clients' doing; everything else in the dead letters is ours.
      of: { metric: 'orders_dead_lettered_total', labels: { reason: { matchesNot: 'poison|conflict' } } },
      windowMs: 15 * minuteMs,
      threshold: { above: 0 },
    },
    forMs: 0,
    severity: 'ticket',
    summary: 'Orders that were good went to the dead letters',
    description: 'They were acknowledged. Read them there, mend the cause, and put them back into the queue.',
  },
  {
    name: 'BreakerOpen',
    condition: {
      kind: 'gauge',
      // Without the look-ups of known keys and the cache nobody is refused: an order is taken, and a read goes to the store.
      of: {
        metric: 'circuit_breaker_state',
        seenAs: 'breaker-state',
        labels: { dependency: { matchesNot: 'store look-up|cache' } },
      },
      take: 'max',
      by: 'dependency',
      threshold: { is: 2 },
    },
    forMs: minuteMs,
    severity: 'page',
    summary: 'A circuit breaker is open: {{ $labels.dependency }}',
    description: 'Who needs this part is refused at once instead of waiting for what does not answer.',
  },
  {
    name: 'StoreAway',
    condition: { kind: 'gauge', of: { metric: 'store_away' }, take: 'min', threshold: { is: 1 } },
    forMs: minuteMs,
    severity: 'page',
    summary: 'No worker reaches the store',
    description: 'Orders are accepted and wait in the queue; it fills until the store is back.',
  },
  {
    name: 'NoWorker',
    // Every worker publishes it from its start on.
    condition: { kind: 'absent', of: { metric: 'store_away' } },
    forMs: minuteMs,
    severity: 'page',
    summary: 'No worker is there',
    description: 'Orders are accepted and wait in the queue; it fills until a worker is back.',
  },
]

/**
 * The alerts of production as a run lives them: a minute of theirs is a second of the run, so that what must last a
 * minute before it wakes anybody is seen in the eight seconds that a fault lasts.
 */
export const alertsOfRuns: readonly Alert[] = onTestTime(serviceAlerts(orderObjectives), 60)
