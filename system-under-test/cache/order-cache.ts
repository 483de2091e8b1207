import { LRUCache } from 'lru-cache'
import type { ReadOutcome, StoredOrder } from '../store/order-store.ts'

/** What is said of an order to those who ask; not its payload, which may be large. */
export type OrderSummary = Pick<StoredOrder, 'orderId' | 'state' | 'digest'>

export type SummaryOutcome =
  | { readonly kind: 'found'; readonly order: OrderSummary }
  | Exclude<ReadOutcome, { readonly kind: 'found' }>

export interface CachedOrder extends OrderSummary {
  /** When the store said so, on the clock of this process. */
  readonly readMs: number
}

/** The port to a cache. It may be slow, forget everything or fail at any time: it is never needed for an answer. */
export interface OrderCache {
  get(orderId: string): Promise<CachedOrder | undefined>
  set(order: CachedOrder): Promise<void>
}

/** A cache within this process: the newest `max` orders that somebody asked for. */
export function inProcessCache(max: number): OrderCache {
  const orders = new LRUCache<string, CachedOrder>({ max })
  return {
    get: async (orderId) => orders.get(orderId),
    set: async (order) => {
      orders.set(order.orderId, order)
    },
  }
}
