import type { Objective } from '../../chaos/slo/objective.ts'

interface Panel {
  readonly title: string
  readonly unit: 'reqps' | 's' | 'short' | 'percentunit' | 'bytes'
  readonly queries: readonly (readonly [legend: string, expr: string])[]
  /** A line at this height: the objective's limit. */
  readonly limit?: number
}

const submit = 'route="submit"'

/** A Grafana dashboard over the service's own metrics, with the limits of the objectives drawn in. */
export function dashboard(objectives: readonly Objective[]): object {
  return {
    title: 'Order intake',
    uid: 'seawall-orders',
    schemaVersion: 39,
    editable: true,
    refresh: '10s',
    time: { from: 'now-30m', to: 'now' },
    tags: ['seawall'],
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    // Faults come as annotations with this tag, each from its injection to its heal.
    annotations: {
      list: [
        {
          name: 'Faults',
          enable: true,
          iconColor: 'red',
          datasource: { type: 'grafana', uid: '-- Grafana --' },
          target: { type: 'tags', tags: ['seawall', 'fault'], matchAny: false, limit: 100 },
        },
      ],
    },
    panels: panelsOf(objectives).map(panelJson),
  }
}

function panelsOf(objectives: readonly Objective[]): readonly Panel[] {
  const limitOf = (kind: string, quantile?: number) => {
    const found = objectives.find(({ indicator, window }) => {
      const isQuantile = indicator.kind !== 'response-time' || indicator.quantile === quantile
      return window.over === 'assault' && indicator.kind === kind && isQuantile
    })
    return found?.atMost
  }
  const seconds = (ms: number | undefined) => (ms === undefined ? {} : { limit: ms / 1_000 })
  const quantile = (q: number) =>
    `histogram_quantile(${q}, sum by (le) (rate(http_request_duration_seconds_bucket{${submit}}[1m])))`
  return [
    {
      title: 'Answers by status',
      unit: 'reqps',
      queries: [['{{status}}', `sum by (status) (rate(http_requests_total{${submit}}[1m]))`]],
    },
    {
      title: 'Response time',
      unit: 's',
      queries: [
        ['p50', quantile(0.5)],
        ['p95', quantile(0.95)],
        ['p99', quantile(0.99)],
      ],
      ...seconds(limitOf('response-time', 0.99)),
    },
    {
      title: 'Turned away',
      unit: 'reqps',
      queries: [['{{cause}}', 'sum by (cause) (rate(orders_refused_total[1m]))']],
    },
    {
      title: 'Answers that are not known',
      unit: 'reqps',
      queries: [['{{cause}}', 'sum by (cause) (rate(orders_unsure_total[1m]))']],
    },
    {
      title: 'Accepted and stored',
      unit: 'reqps',
      queries: [
        ['accepted', 'sum(rate(orders_accepted_total[1m]))'],
        ['stored', 'sum(rate(orders_stored_total[1m]))'],
      ],
    },
    {
      title: 'Age of the backlog',
      unit: 's',
      queries: [['oldest taken', 'max(queue_age_seconds)']],
      ...seconds(limitOf('time-to-drained')),
    },
    {
      title: 'Dead letters',
      unit: 'short',
      queries: [['{{reason}}', 'sum by (reason) (increase(orders_dead_lettered_total[5m]))']],
    },
    {
      title: 'Redelivered, and done before',
      unit: 'reqps',
      queries: [
        ['redelivered', 'sum(rate(orders_redelivered_total[1m]))'],
        ['done before', 'sum(rate(orders_done_before_total[1m]))'],
      ],
    },
    {
      title: 'Circuit breakers: 0 closed, 1 half-open, 2 open',
      unit: 'short',
      queries: [['{{instance}} {{dependency}}', 'circuit_breaker_state']],
    },
    {
      title: 'In flight, and how many may be',
      unit: 'short',
      queries: [
        ['in flight', 'sum(admission_in_flight)'],
        ['limit', 'sum(admission_limit)'],
      ],
    },
  ]
}

const panelsInARow = 2
const panelHeight = 8
const gridWidth = 24

function panelJson({ title, unit, queries, limit }: Panel, index: number): object {
  const width = gridWidth / panelsInARow
  const datasource = { type: 'prometheus', uid: '${' + 'datasource}' }
  const steps = [
    { color: 'green', value: null },
    ...(limit === undefined ? [] : [{ color: 'red', value: limit }]),
  ]
  return {
    id: index + 1,
    type: 'timeseries',
    title,
    datasource,
    gridPos: {
      x: (index % panelsInARow) * width,
      y: Math.floor(index / panelsInARow) * panelHeight,
      w: width,
      h: panelHeight,
    },
    targets: queries.map(([legendFormat, expr], at) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + at),
      datasource,
      expr,
      legendFormat,
    })),
    fieldConfig: {
      defaults: {
        unit,
        custom: { thresholdsStyle: { mode: limit === undefined ? 'off' : 'line' } },
        thresholds: { mode: 'absolute', steps },
      },
      overrides: [],
    },
  }
}
