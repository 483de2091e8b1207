import type { ObservationLine } from '../../chaos/history/line.ts'
import { refusalCauses } from '../api/answers.ts'
import type { BrokerManagement } from './broker-management.ts'
import { isReady } from './steady-state.ts'

/** Metrics of a replica that are worth a line of the timeline, by their Prometheus names. */
const watched: Readonly<Record<string, string>> = {
  process_resident_memory_bytes: 'memory-bytes',
  circuit_breaker_state: 'breaker-state',
  admission_limit: 'admission-limit',
  partition_age_seconds: 'partition-age-seconds',
}

/**
 * Metrics that alerts look at, kept under their own names: with which values of their labels, or with any. The bounds of
 * the histogram are those of the limits that the service has; all of them would be most of a history.
 */
export const watchedByAlerts: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  http_requests_total: { route: ['submit'] },
  http_request_duration_seconds_bucket: { route: ['submit'], le: ['0.25', '10'] },
  http_request_duration_seconds_count: { route: ['submit'] },
  // What a client's own quota costs it is nobody's alert.
  orders_refused_total: { cause: refusalCauses.filter((cause) => cause !== 'quota') },
  orders_dead_lettered_total: {},
  queue_age_seconds: {},
  store_away: {},
}

export interface ReplicaPlace {
  readonly name: string
  /** Where its metrics are published on loopback. */
  readonly port: number
}

/** What is seen of the system in this moment. One that does not answer is left out, and counts as not answering. */
export async function observeSystem(
  management: BrokerManagement,
  queues: { readonly orders: readonly string[]; readonly dead: string },
  replicas: readonly ReplicaPlace[],
  timeMs: number,
): Promise<readonly ObservationLine[]> {
  const line = (name: string, value: number, labels?: Record<string, string>): ObservationLine => ({
    kind: 'observation',
    timeMs,
    name,
    value,
    ...(labels === undefined ? {} : { labels }),
  })
  const readiness = Promise.all(replicas.map(({ port }) => isReady(port)))
  const [orders, dead, connections, ...metrics] = await Promise.all([
    management.queues(queues.orders).catch(() => undefined),
    management.queue(queues.dead).catch(() => undefined),
    management.connections().catch(() => undefined),
    ...replicas.map((replica) => metricsOf(replica)),
  ])
  const lines: ObservationLine[] = []
  if (orders !== undefined) {
    lines.push(line('queue-depth', orders.ready), line('unacknowledged', orders.unacknowledged))
    lines.push(line('consumers', orders.consumers))
    if (orders.readyOfEach.length > 1) {
      lines.push(
        ...orders.readyOfEach.map((ready, n) => line('partition-depth', ready, { partition: String(n) })),
      )
    }
  }
  if (dead !== undefined) lines.push(line('dead-letters', dead.ready + dead.unacknowledged))
  if (connections !== undefined) lines.push(line('connections', connections))
  const ready = await readiness
  metrics.forEach((samples, index) => {
    const replica = replicas[index] as ReplicaPlace
    lines.push(line('answering', samples === undefined ? 0 : 1, { replica: replica.name }))
    lines.push(line('ready', ready[index] === true ? 1 : 0, { replica: replica.name }))
    for (const sample of samples ?? []) {
      const known = watched[sample.name] ?? (isForAlerts(sample) ? sample.name : undefined)
      if (known !== undefined)
        lines.push(line(known, sample.value, { ...sample.labels, replica: replica.name }))
    }
  })
  return lines
}

function isForAlerts({ name, labels }: Sample): boolean {
  const wanted = watchedByAlerts[name]
  if (wanted === undefined) return false
  return Object.entries(wanted).every(([label, values]) => values.includes(labels[label] ?? ''))
}

export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** The samples of one replica's `/metrics`; undefined if it does not answer within a second. */
export async function metricsOf(replica: ReplicaPlace): Promise<readonly Sample[] | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${replica.port}/metrics`, {
      signal: AbortSignal.timeout(1_000),
    })
    return answer.ok ? parseMetrics(await answer.text()) : undefined
  } catch {
    return undefined
  }
}

/** Prometheus' text format, as far as it is used here: `name{a="b"} 1.5`. */
export function parseMetrics(text: string): readonly Sample[] {
  const samples: Sample[] = []
  for (const line of text.split('\n')) {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line)
    if (match === null) continue
    const labels = Object.fromEntries(
      [...(match[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map((pair) => [pair[1], pair[2]]),
    ) as Record<string, string>
    samples.push({ name: match[1] as string, labels, value: Number(match[3]) })
  }
  return samples
}
