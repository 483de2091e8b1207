import type { Clock } from '../clock.ts'
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import { within } from '../resilience/within.ts'
import type { OrderStore } from '../store/order-store.ts'
import type { CachedOrder, OrderCache, SummaryOutcome } from './order-cache.ts'

export interface ReadThroughParts {
  readonly cache: OrderCache
  readonly breaker: CircuitBreaker
  readonly store: Pick<OrderStore, 'read'>
  readonly clock: Clock
  /** Up to this age an answer needs no look at the store. */
  readonly freshMs: number
  /** A cache that takes longer than this is no help. */
  readonly cacheTimeoutMs: number
}

/** Says what is known of an order; never rejects. */
export type ReadSummary = (orderId: string) => Promise<SummaryOutcome>

/**
 * Reads of an order through a cache: from it while fresh; from it and refreshed behind the answer while stale; from
 * the store otherwise, once for all who ask for the same order at the same time. Only what the store said goes in, and only
 * orders that are there: "absent" is asked anew each time, for the next moment may change it. Without the cache it is slower, and
 * as right as before.
 */
export function readThrough(parts: ReadThroughParts): ReadSummary {
  const { cache, breaker, store, clock, freshMs, cacheTimeoutMs } = parts
  const loading = new Map<string, Promise<SummaryOutcome>>()

  function load(orderId: string): Promise<SummaryOutcome> {
    const already = loading.get(orderId)
    if (already !== undefined) return already
    const loaded = loadAnew(orderId).finally(() => loading.delete(orderId))
    loading.set(orderId, loaded)
    return loaded
  }

  async function loadAnew(orderId: string): Promise<SummaryOutcome> {
    const outcome = await store.read(orderId, 'quorum')
    if (outcome.kind !== 'found') return outcome
    const { state, digest } = outcome.order
    // What can still change is asked anew each time. Nobody waits for the cache to be filled.
    if (state !== 'reserving') cache.set({ orderId, state, digest, readMs: clock.nowMs() }).catch(() => {})
    return { kind: 'found', order: { orderId, state, digest } }
  }

  async function fromCache(orderId: string): Promise<CachedOrder | undefined> {
    const end = breaker.enter()
    if (end === undefined) return undefined
    const asked = cache.get(orderId).then(
      (order) => ({ order }),
      () => undefined,
    )
    const answer = await within(clock, cacheTimeoutMs, asked)
    end(answer === undefined ? 'failure' : 'success')
    return answer?.order
  }

  return async (orderId) => {
    const cached = await fromCache(orderId)
    if (cached === undefined) return load(orderId)
    const { readMs, ...order } = cached
    if (clock.nowMs() - readMs > freshMs) load(orderId)
    return { kind: 'found', order }
  }
}
