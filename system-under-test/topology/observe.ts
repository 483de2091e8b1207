import type { ObservationLine } from '../../chaos/history/line.ts'
import type { BrokerManagement } from './broker-management.ts'

/** Metrics of a replica that are worth a line of the timeline, by their Prometheus names. */
const watched: Readonly<Record<string, string>> = {
  process_resident_memory_bytes: 'memory-bytes',
  circuit_breaker_state: 'breaker-state',
  admission_limit: 'admission-limit',
}

export interface ReplicaPlace {
  readonly name: string
  /** Where its metrics are published on loopback. */
  readonly port: number
}

/** What is seen of the system in this moment. One that does not answer is left out, and counts as not answering. */
export async function observeSystem(
  management: BrokerManagement,
  queues: { readonly orders: string; readonly dead: string },
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
  const [orders, dead, ...metrics] = await Promise.all([
    management.queue(queues.orders).catch(() => undefined),
    management.queue(queues.dead).catch(() => undefined),
    ...replicas.map((replica) => metricsOf(replica)),
  ])
  const lines: ObservationLine[] = []
  if (orders !== undefined) {
    lines.push(line('queue-depth', orders.ready), line('unacknowledged', orders.unacknowledged))
    lines.push(line('consumers', orders.consumers))
  }
  if (dead !== undefined) lines.push(line('dead-letters', dead.ready + dead.unacknowledged))
  metrics.forEach((samples, index) => {
    const replica = replicas[index] as ReplicaPlace
    lines.push(line('answering', samples === undefined ? 0 : 1, { replica: replica.name }))
    for (const { name, value, labels } of samples ?? []) {
      const known = watched[name]
      if (known !== undefined) lines.push(line(known, value, { ...labels, replica: replica.name }))
    }
  })
  return lines
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
