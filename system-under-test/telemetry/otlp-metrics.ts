import type { Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import { attributesOf, nanoseconds, resourceOf, type SendOtlp, scope } from './otlp.ts'

export interface OtlpMetricsOptions {
  readonly registry: Registry
  /** Brings the gauges up to date. */
  sample(): void
  readonly clock: Clock
  readonly replica: string
  readonly send: SendOtlp
}

export interface OtlpMetrics {
  /** Sends once more, and stops sending. */
  stop(): Promise<void>
}

const sendEveryMs = 10_000
// OTLP, metrics.proto: AggregationTemporality, cumulative, as Prometheus counts.
const cumulative = 2

/** Hands what `/metrics` shows to a collector, every ten seconds. What it cannot deliver comes with the next one. */
export function exportMetrics(options: OtlpMetricsOptions): OtlpMetrics {
  const { registry, clock, replica, send } = options
  const startedMs = clock.wallTime().getTime()
  const stopping = new AbortController()
  const sending = (async () => {
    do {
      await clock.sleep(sendEveryMs, stopping.signal).catch(() => {})
      options.sample()
      const times = {
        startTimeUnixNano: nanoseconds(startedMs),
        timeUnixNano: nanoseconds(clock.wallTime().getTime()),
      }
      const metrics = (await registry.getMetricsAsJSON()).flatMap((metric) =>
        metricOf(metric as unknown as Metric, times),
      )
      // Every value is a sum or a state: nothing is lost by a request that is.
      await send({
        resourceMetrics: [{ resource: resourceOf(replica), scopeMetrics: [{ scope, metrics }] }],
      }).catch(() => {})
    } while (!stopping.signal.aborted)
  })()
  return {
    async stop() {
      stopping.abort()
      await sending
    },
  }
}

/** As prom-client gives it; its own types say that a kind is a number, and it is a word. */
interface Metric {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly values: readonly MetricValue[]
}

interface MetricValue {
  readonly value: number
  readonly labels: Readonly<Record<string, string | number>>
  /** Of a histogram: which of its series this is. */
  readonly metricName?: string
}

type Times = Readonly<Record<'startTimeUnixNano' | 'timeUnixNano', string>>

/** Summaries have no like here, and the service has none. */
function metricOf({ name, help: description, type, values }: Metric, times: Times): object[] {
  const points = () =>
    values.map(({ value, labels }) => ({ ...times, attributes: attributesOf(labels), asDouble: value }))
  if (type === 'counter') {
    const sum = { aggregationTemporality: cumulative, isMonotonic: true, dataPoints: points() }
    return [{ name, description, sum }]
  }
  if (type === 'gauge') return [{ name, description, gauge: { dataPoints: points() } }]
  if (type !== 'histogram') return []
  const dataPoints = histogramPoints(name, values, times)
  return [{ name, description, histogram: { aggregationTemporality: cumulative, dataPoints } }]
}

/** Prometheus counts up to each bound, OTLP between one and the next: the last bucket is everything above. */
function histogramPoints(name: string, values: readonly MetricValue[], times: Times): object[] {
  const groups = Map.groupBy(values, ({ labels: { le: _le, ...others } }) => JSON.stringify(others))
  return [...groups.values()].map((series) => {
    const { le: _le, ...labels } = series[0]?.labels ?? {}
    const buckets = series
      .filter(({ metricName }) => metricName === `${name}_bucket`)
      .map(({ labels: { le }, value }) => ({ bound: le === '+Inf' ? Infinity : Number(le), value }))
      .toSorted((a, b) => a.bound - b.bound)
    const only = (end: string) => series.find(({ metricName }) => metricName === `${name}_${end}`)?.value ?? 0
    return {
      ...times,
      attributes: attributesOf(labels),
      count: String(only('count')),
      sum: only('sum'),
      explicitBounds: buckets.map(({ bound }) => bound).filter(Number.isFinite),
      bucketCounts: buckets.map(({ value }, index) => String(value - (buckets[index - 1]?.value ?? 0))),
    }
  })
}
