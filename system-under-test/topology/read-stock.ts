import { types } from 'cassandra-driver'
import type { ObservationLine } from '../../chaos/history/line.ts'
import { type Order, parseOrder } from '../orders/order.ts'
import { type HeldPieces, stockSums } from '../orders/stock-sums.ts'
import type { StorePlace } from './read-store.ts'
import { storeClient } from './store-client.ts'

/** Reads what is put aside, and what the orders that are done ask for, to their ends; three readings of both. */
export async function readStock(
  { port, keyspace }: StorePlace,
  timeMs: number,
  see: (line: ObservationLine) => void,
): Promise<void> {
  const client = storeClient(port)
  const rowsOf = (query: string) =>
    client.stream(query, [], {
      prepare: true,
      autoPage: true,
      fetchSize: 2_000,
      consistency: types.consistencies.quorum,
      // The driver's types forget that its stream is a Readable.
    }) as unknown as AsyncIterable<types.Row>
  try {
    await client.connect()
    const done = new Map<string, Order>()
    for await (const row of rowsOf(`SELECT order_id, state, payload FROM ${keyspace}.orders`)) {
      const parsed = row.get('state') === 'done' ? parseOrder(row.get('payload')) : undefined
      if (parsed?.kind === 'order') done.set(row.get('order_id'), parsed.order)
    }
    const held: HeldPieces[] = []
    for await (const row of rowsOf(`SELECT sku, order_id, quantity, state FROM ${keyspace}.stock`)) {
      if (row.get('state') !== 'held') continue
      held.push({ sku: row.get('sku'), orderId: row.get('order_id'), quantity: row.get('quantity') })
    }
    const sums = stockSums(done, held)
    see({ kind: 'observation', timeMs, name: 'pieces-ordered', value: sums.ordered })
    see({ kind: 'observation', timeMs, name: 'pieces-held', value: sums.held })
    see({ kind: 'observation', timeMs, name: 'orders-astray', value: sums.astray.length })
  } finally {
    await client.shutdown()
  }
}
