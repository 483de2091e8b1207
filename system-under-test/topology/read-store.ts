import { type Client, types } from 'cassandra-driver'
import type { ReadCompleteLine, ReadLine } from '../../chaos/history/line.ts'
import { digestOf } from '../orders/digest.ts'
import { effectsSeen } from '../store/effects-seen.ts'
import type { OrderState } from '../store/order-store.ts'
import { storeClient } from './store-client.ts'

export interface StorePlace {
  readonly port: number
  readonly keyspace: string
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
    await readOrders(client, place.keyspace, timeMs, see)
  } finally {
    await client.shutdown()
  }
}

/** The same, with a client that is connected. */
export async function readOrders(
  client: OrderRows,
  keyspace: string,
  timeMs: number,
  see: (line: ReadLine | ReadCompleteLine) => void,
): Promise<void> {
  const counts = await Promise.all(
    tokenRanges(ranges).map((range) => readRange(client, keyspace, range, timeMs, see)),
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

async function readRange(
  client: OrderRows,
  keyspace: string,
  [from, to]: TokenRange,
  timeMs: number,
  see: (line: ReadLine) => void,
): Promise<number> {
  const query =
    `SELECT order_id, state, payload, effect_id FROM ${keyspace}.orders ` +
    'WHERE token(order_id) >= ? AND token(order_id) <= ?'
  const bounds = [types.Long.fromString(from.toString()), types.Long.fromString(to.toString())]
  let count = 0
  let partition: { id: string; state: OrderState; payload: string; effects: string[] } | undefined
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
      partition = { id, state: row.get('state') ?? 'done', payload, effects: [] }
    }
    const effect = row.get('effect_id') as string | null
    if (effect !== null) partition.effects.push(effect)
  }
  flush()
  return count
}
