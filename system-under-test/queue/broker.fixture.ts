import type { BrokerMessage } from './broker.ts'
import type { QueueLayout, QueueSpec } from './queue-layout.ts'

/** Everything that a publishing channel was told, in order. */
export type Told =
  | readonly ['acked' | 'nacked', number, boolean]
  | readonly ['returned', string]
  | readonly ['closed']

const deadlineMs = 20_000
let worlds = 0

/** Names of their own for each test, so that no test meets what another left. */
export function layoutOf(spec: Partial<QueueSpec>): QueueLayout {
  worlds += 1
  const name = `contract-${process.pid}-${worlds}`
  const live: QueueSpec = {
    name,
    type: 'quorum',
    durable: true,
    overflow: 'reject-publish',
    deliveryLimit: 20,
    deadLetter: { exchange: name, routingKey: 'dead', strategy: 'at-least-once' },
    ...spec,
  }
  return {
    exchanges: [name],
    queues: [live, { name: `${name}.dead`, type: 'quorum', durable: true }],
    bindings: [
      { exchange: name, routingKey: 'live', queue: name },
      { exchange: name, routingKey: 'dead', queue: `${name}.dead` },
    ],
  }
}

export function messageOf(id: string): BrokerMessage {
  const headers = { 'x-order-id': id, 'x-number': 7 }
  return { messageId: id, body: Buffer.from(`body of ${id}`), headers, persistent: true }
}

/** Tag and end of everything that was acked or nacked; `multiple` stands for all up to it that have no end yet. */
function endsOf(told: readonly Told[]): ReadonlyMap<number, 'acked' | 'nacked'> {
  const ends = new Map<number, 'acked' | 'nacked'>()
  for (const each of told) {
    if (each[0] !== 'acked' && each[0] !== 'nacked') continue
    const [kind, tag, multiple] = each
    for (let n = multiple ? 1 : tag; n <= tag; n += 1) if (!ends.has(n)) ends.set(n, kind)
  }
  return ends
}

export function settledTags(told: readonly Told[]): readonly number[] {
  return [...endsOf(told).keys()].sort((one, other) => one - other)
}

export function countOf(told: readonly Told[], kind: Told[0]): number {
  if (kind !== 'acked' && kind !== 'nacked') return told.filter(([each]) => each === kind).length
  return [...endsOf(told).values()].filter((end) => end === kind).length
}

/** Looks again every few milliseconds; the deadline is for a test that is about to fail. */
export async function until(holds: () => boolean): Promise<void> {
  const startedMs = performance.now()
  while (!holds()) {
    if (performance.now() - startedMs > deadlineMs) throw new Error(`not within ${deadlineMs} ms: ${holds}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
