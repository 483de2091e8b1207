import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { Objective } from '../../chaos/slo/objective.ts'
import { formatRatio } from '../render/format.ts'

/** One alert as Prometheus reads it. */
export interface AlertRule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: 'page' | 'ticket' }
  readonly annotations: { readonly summary: string; readonly description: string }
}

export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[]
}

// Answers to requests that the client got wrong are no evidence for or against the service.
const valid = 'http_requests_total{route="submit",status!~"400|409|413|422"}'
const failed = 'http_requests_total{route="submit",status=~"5.."}'
const shed = 'http_requests_total{route="submit",status=~"429|503"}'

/**
 * The pairs of the SRE workbook, chapter 5, for a budget of 30 days: both windows must burn faster than this, the
 * short one so that an alert ends soon after its cause.
 */
export const burnWindows = [
  { long: '1h', short: '5m', factor: 14.4, severity: 'page', spends: '2 % of the month in an hour' },
  { long: '6h', short: '30m', factor: 6, severity: 'page', spends: '5 % of the month in six hours' },
  { long: '3d', short: '6h', factor: 1, severity: 'ticket', spends: '10 % of the month in three days' },
] as const

/** The alerts that a set of objectives asks for, and those that the parts of the service need beside them. */
export function alertRules(objectives: readonly Objective[]): RuleFile {
  const rules = objectives.flatMap(objectiveRules)
  return {
    groups: [
      { name: 'objectives', rules },
      { name: 'parts', rules: partRules },
    ],
  }
}

/** Objectives over a whole run become alerts; those over single faults have nothing to look at in production. */
function objectiveRules({ indicator, window, promise, atLeast, atMost }: Objective): AlertRule[] {
  if (window.over !== 'assault') return []
  if (indicator.kind === 'availability' && atLeast !== undefined) return burnRateRules(atLeast)
  if (indicator.kind === 'response-time' && atMost !== undefined)
    return [slowRule(indicator.quantile, atMost, promise)]
  if (indicator.kind === 'shed' && atMost !== undefined) return [shedRule(atMost, promise)]
  if (indicator.kind === 'time-to-drained' && atMost !== undefined) return [backlogRule(atMost, promise)]
  return []
}

function burnRateRules(slo: number): AlertRule[] {
  const ratio = (window: string) => `sum(rate(${failed}[${window}])) / sum(rate(${valid}[${window}]))`
  return burnWindows.map(({ long, short, factor, severity, spends }) => {
    const threshold = Number((factor * (1 - slo)).toFixed(6))
    return {
      alert: `ErrorBudgetBurn${long}`,
      expr: `${ratio(long)} > ${threshold} and ${ratio(short)} > ${threshold}`,
      labels: { severity },
      annotations: {
        summary: `Orders fail ${factor} times as fast as ${formatRatio(slo)} allows`,
        description: `At this rate the service spends ${spends}. Look at which part does not answer first.`,
      },
    }
  })
}

function slowRule(quantile: number, atMostMs: number, promise: string): AlertRule {
  const name = `P${Number((quantile * 100).toFixed(3))}`.replace('.', '_')
  const buckets = 'sum by (le) (rate(http_request_duration_seconds_bucket{route="submit"}[5m]))'
  return {
    alert: `Slow${name}`,
    expr: `histogram_quantile(${quantile}, ${buckets}) > ${atMostMs / 1_000}`,
    for: '5m',
    labels: { severity: 'page' },
    annotations: {
      summary: `Orders wait longer than ${formatDuration(atMostMs)} for their answer`,
      description: `The service ${promise}. Its own clock starts later than the client's: for people it is slower still.`,
    },
  }
}

function shedRule(atMost: number, promise: string): AlertRule {
  return {
    alert: 'Shedding',
    expr: `sum(rate(${shed}[5m])) / sum(rate(${valid}[5m])) > ${atMost}`,
    for: '5m',
    labels: { severity: 'page' },
    annotations: {
      summary: `More than ${formatRatio(atMost)} of the orders are turned away`,
      description: `The service ${promise}. More replicas or more workers; until then it protects itself.`,
    },
  }
}

function backlogRule(atMostMs: number, promise: string): AlertRule {
  return {
    alert: 'BacklogOld',
    expr: `max(queue_age_seconds) > ${atMostMs / 1_000}`,
    for: '2m',
    labels: { severity: 'ticket' },
    annotations: {
      summary: `Orders wait longer than ${formatDuration(atMostMs)} for a worker`,
      description: `The service ${promise}. Nothing is lost; the workers are too few, or the store is slow.`,
    },
  }
}

const partRules: readonly AlertRule[] = [
  {
    alert: 'DeadLetters',
    // Poison and conflicts are the clients' doing; everything else in the dead letters is ours.
    expr: 'sum(increase(orders_dead_lettered_total{reason!~"poison|conflict"}[15m])) > 0',
    labels: { severity: 'ticket' },
    annotations: {
      summary: 'Orders that were good went to the dead letters',
      description:
        'They were acknowledged. Read them there, mend the cause, and put them back into the queue.',
    },
  },
  {
    alert: 'BreakerOpen',
    expr: 'max by (dependency) (circuit_breaker_state) == 2',
    for: '1m',
    labels: { severity: 'page' },
    annotations: {
      summary: 'A circuit breaker is open: {{ $labels.dependency }}',
      description: 'Orders are refused at once instead of waiting for a part that does not answer.',
    },
  },
  {
    alert: 'StoreAway',
    expr: 'min(store_away) == 1',
    for: '1m',
    labels: { severity: 'page' },
    annotations: {
      summary: 'No worker reaches the store',
      description: 'Orders are accepted and wait in the queue; it fills until the store is back.',
    },
  },
]
