/** What promtool plays: series as they would come, and the alerts that must fire, and no other. */
export interface AlertTestFile {
  readonly rule_files: readonly string[]
  readonly evaluation_interval: '1m'
  readonly tests: readonly AlertTest[]
}

interface AlertTest {
  readonly name: string
  readonly interval: '1m'
  readonly input_series: readonly { readonly series: string; readonly values: string }[]
  readonly alert_rule_test: readonly {
    readonly eval_time: string
    readonly alertname: string
    readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[]
  }[]
}

const requests = (status: string, values: string) => ({
  series: `http_requests_total{route="submit",status="${status}"}`,
  values,
})

const allAlerts = [
  'ErrorBudgetBurn1h',
  'ErrorBudgetBurn6h',
  'ErrorBudgetBurn3d',
  'SlowP99',
  'SlowP50',
  'Shedding',
  'BacklogOld',
  'DeadLetters',
  'BreakerOpen',
  'StoreAway',
] as const
type AlertName = (typeof allAlerts)[number]

/** A situation with the alerts that are to fire in it, with their labels; every other alert must be silent. */
interface Situation {
  readonly name: string
  readonly series: AlertTest['input_series']
  readonly at: string
  readonly fires: Readonly<Partial<Record<AlertName, Readonly<Record<string, string>>>>>
}

const slowBuckets = (le: string, values: string) => ({
  series: `http_request_duration_seconds_bucket{route="submit",le="${le}"}`,
  values,
})

const situations: readonly Situation[] = [
  {
    name: 'nothing is wrong',
    series: [
      requests('202', '0+6000x120'),
      requests('400', '0+6000x120'),
      slowBuckets('0.01', '0+6000x120'),
      slowBuckets('+Inf', '0+6000x120'),
      { series: 'queue_age_seconds', values: '0x120' },
      { series: 'circuit_breaker_state{dependency="store"}', values: '0x120' },
      { series: 'store_away', values: '0x120' },
      { series: 'orders_dead_lettered_total{reason="poison"}', values: '0+10x120' },
    ],
    at: '120m',
    fires: {},
  },
  {
    name: 'every second order fails',
    series: [requests('202', '0+3000x120'), requests('500', '0+3000x120')],
    at: '60m',
    fires: {
      ErrorBudgetBurn1h: { severity: 'page' },
      ErrorBudgetBurn6h: { severity: 'page' },
      ErrorBudgetBurn3d: { severity: 'ticket' },
    },
  },
  {
    name: 'the failures ended ten minutes ago',
    series: [requests('202', '0+3000x50 150000+6000x69'), requests('500', '0+3000x50 150000+0x69')],
    at: '61m',
    // The short window of the fastest pair is clean again; the slower ones still remember.
    fires: { ErrorBudgetBurn6h: { severity: 'page' }, ErrorBudgetBurn3d: { severity: 'ticket' } },
  },
  {
    name: 'answers take four seconds',
    series: [
      requests('202', '0+6000x30'),
      slowBuckets('2.5', '0+0x30'),
      slowBuckets('5', '0+6000x30'),
      slowBuckets('+Inf', '0+6000x30'),
    ],
    at: '20m',
    fires: { SlowP99: { severity: 'page' }, SlowP50: { severity: 'page' } },
  },
  {
    name: 'one order in four is turned away',
    series: [requests('202', '0+4500x30'), requests('429', '0+1500x30')],
    at: '20m',
    fires: { Shedding: { severity: 'page' } },
  },
  {
    name: 'orders wait for a minute',
    series: [{ series: 'queue_age_seconds{replica="worker-1"}', values: '60x30' }],
    at: '10m',
    fires: { BacklogOld: { severity: 'ticket' } },
  },
  {
    name: 'a good order went to the dead letters',
    series: [{ series: 'orders_dead_lettered_total{reason="malformed"}', values: '0x10 1x20' }],
    at: '15m',
    fires: { DeadLetters: { severity: 'ticket' } },
  },
  {
    name: 'a breaker is open, on one replica only',
    series: [
      { series: 'circuit_breaker_state{dependency="broker",replica="api-1"}', values: '2x10' },
      { series: 'circuit_breaker_state{dependency="broker",replica="api-2"}', values: '0x10' },
    ],
    at: '5m',
    fires: { BreakerOpen: { severity: 'page', dependency: 'broker' } },
  },
  {
    name: 'one worker of two still reaches the store',
    series: [
      { series: 'store_away{replica="worker-1"}', values: '1x10' },
      { series: 'store_away{replica="worker-2"}', values: '0x10' },
    ],
    at: '5m',
    fires: {},
  },
  {
    name: 'no worker reaches the store',
    series: [{ series: 'store_away{replica="worker-1"}', values: '1x10' }],
    at: '5m',
    fires: { StoreAway: { severity: 'page' } },
  },
]

/** Tests for the rules of the file beside them. Annotations are compared by promtool too, so they are handed in. */
export function alertTests(
  rulesFile: string,
  annotationsOf: (
    alert: string,
    labels: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>,
): AlertTestFile {
  return {
    rule_files: [rulesFile],
    evaluation_interval: '1m',
    tests: situations.map(({ name, series, at, fires }) => ({
      name,
      interval: '1m',
      input_series: series,
      alert_rule_test: allAlerts.map((alertname) => {
        const labels = fires[alertname]
        const expected = labels && { exp_labels: labels, exp_annotations: annotationsOf(alertname, labels) }
        return { eval_time: at, alertname, exp_alerts: expected === undefined ? [] : [expected] }
      }),
    })),
  }
}
