import { type Client, types } from 'cassandra-driver'
import type { ReadCompleteLine, ReadLine } from '../../chaos/history/line.ts'
import { digestOf } from '../orders/digest.ts'
import { parseOrder } from '../orders/order.ts'
import { effectsSeen } from '../store/effects-seen.ts'
import type { OrderState } from '../store/order-store.ts'
import { storeClient } from './store-client.ts'

export interface StorePlace {
  readonly port: number
  readonly keyspace: string
  /** Each order is told with its key, and its place among the effects: the store's own time of its last state. */
  readonly inOrder?: boolean
}

/** Enough for all cores, and each range is read in pages. */
const ranges = 4
const fetchSize = 2_000

/**
 * Reads every order of the store to its end, with all its effects, past every cache and every proxy. The digest is
 * made anew from the payload that is stored: what the service says of it proves nothing.
 */
export async function readStore(
  place: StorePlace,
  timeMs: number,
  see: (line: ReadLine | ReadCompleteLine) => void,
): Promise<void> {
  const client = storeClient(place.port)
  try {
    await client.connect()
    await readOrders(client, place, timeMs, see)
  } finally {
    await client.shutdown()
  }
}

/** The same, with a client that is connected. */
export async function readOrders(
  client: OrderRows,
  place: Pick<StorePlace, 'keyspace' | 'inOrder'>,
  timeMs: number,
  see: (line: ReadLine | ReadCompleteLine) => void,
): Promise<void> {
  const counts = await Promise.all(
    tokenRanges(ranges).map((range) => readRange(client, place, range, timeMs, see)),
  )
  see({
    kind: 'read-complete',
    timeMs,
    place: 'store',
    count: counts.reduce((sum, count) => sum + count, 0),
  })
}

/** Of a client, what a full read needs. */
export type OrderRows = Pick<Client, 'stream'>

type TokenRange = readonly [from: bigint, to: bigint]

/** Murmur3's tokens go from -2^63 to 2^63 - 1. */
export function tokenRanges(count: number): readonly TokenRange[] {
  const lowest = -(2n ** 63n)
  const width = 2n ** 64n / BigInt(count)
  return Array.from({ length: count }, (_, index) => {
    const from = lowest + width * BigInt(index)
    return [from, index === count - 1 ? 2n ** 63n - 1n : from + width - 1n] as const
  })
}

interface Partition {
  readonly id: string
  readonly state: OrderState
  readonly payload: string
  readonly effects: string[]
  /** Microseconds since 1970, by the store: its conditional writes of one partition, or one after the other, are in this order. */
  readonly written: types.Long | null
}

/** What the order of a key is judged by. */
export function orderOf({
  payload,
  written,
}: Pick<Partition, 'payload' | 'written'>): Pick<ReadLine, 'position' | 'key'> {
  const parsed = parseOrder(payload)
  if (written === null || parsed.kind !== 'order') return {}
  return { position: written.toNumber(), key: parsed.order.customer }
}

async function readRange(
  client: OrderRows,
  place: Pick<StorePlace, 'keyspace' | 'inOrder'>,
  [from, to]: TokenRange,
  timeMs: number,
  see: (line: ReadLine) => void,
): Promise<number> {
  const query =
    `SELECT order_id, state, payload, effect_id${place.inOrder ? ', WRITETIME(state) AS written' : ''} ` +
    `FROM ${place.keyspace}.orders WHERE token(order_id) >= ? AND token(order_id) <= ?`
  const bounds = [types.Long.fromString(from.toString()), types.Long.fromString(to.toString())]
  let count = 0
  let partition: Partition | undefined
  const flush = () => {
    if (partition === undefined) return
    const effects = effectsSeen(partition.state, partition.effects)
    if (effects === undefined) return
    count += 1
    see({
      kind: 'read',
      timeMs,
      place: 'store',
      id: partition.id,
      digest: digestOf(partition.payload),
      effects,
      ...(place.inOrder ? orderOf(partition) : {}),
    })
  }
  // The driver's types forget that its stream is a Readable.
  const rows = client.stream(query, bounds, {
    prepare: true,
    autoPage: true,
    fetchSize,
    consistency: types.consistencies.quorum,
  }) as unknown as AsyncIterable<types.Row>
  for await (const row of rows) {
    const id = row.get('order_id') as string
    if (id !== partition?.id) {
      flush()
      const payload = (row.get('payload') as string | null) ?? ''
      const written = place.inOrder ? row.get('written') : null
      partition = { id, state: row.get('state') ?? 'done', payload, effects: [], written }
    }
    const effect = row.get('effect_id') as string | null
    if (effect !== null) partition.effects.push(effect)
  }
  flush()
  return count
}
