import type { SummaryOutcome } from '../cache/order-cache.ts'
import type { ReadSummary } from '../cache/read-through.ts'
import type { Clock } from '../clock.ts'
import { isOrderId } from '../orders/order-id.ts'
import type { Random } from '../random.ts'
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import { retryAfterS } from '../resilience/retry-after.ts'
import { within } from '../resilience/within.ts'
import type { KnownKeys } from './known-keys.ts'
import type { Answer } from './submit-order.ts'

export interface ReadParts {
  readonly readSummary: ReadSummary
  readonly breaker: CircuitBreaker
  readonly knownKeys: KnownKeys
  readonly clock: Clock
  readonly random: Random
  readonly timeoutMs: number
  /** How many reads may be on their way: reading never takes what writing needs. */
  readonly readsMax: number
}

/** Answers `GET /orders/{id}`; never rejects. */
export type ReadOrder = (orderId: string) => Promise<Answer>

/** An order as it is stored; `accepted` if this replica took it and it is not stored yet; 503 if nobody can say. */
export function createReadOrder(parts: ReadParts): ReadOrder {
  let reading = 0

  async function ask(orderId: string): Promise<SummaryOutcome> {
    const end = reading < parts.readsMax ? parts.breaker.enter() : undefined
    if (end === undefined) return { kind: 'away', cause: 'too many reads, or the breaker is open' }
    reading += 1
    const outcome = await within(parts.clock, parts.timeoutMs, parts.readSummary(orderId))
    reading -= 1
    end(outcome === undefined || outcome.kind === 'away' ? 'failure' : 'success')
    return outcome ?? { kind: 'away', cause: 'timeout' }
  }

  return async (orderId): Promise<Answer> => {
    if (!isOrderId(orderId)) return { status: 404, headers: {}, body: { error: 'not-found' } }
    const outcome = await ask(orderId)
    if (outcome.kind === 'found') {
      const { state, digest } = outcome.order
      const status = state === 'reserving' ? 'accepted' : state
      return { status: 200, headers: {}, body: { orderId, status, digest } }
    }
    const digest = parts.knownKeys.digestOf(orderId)
    if (digest !== undefined)
      return { status: 200, headers: {}, body: { orderId, status: 'accepted', digest } }
    if (outcome.kind === 'absent') return { status: 404, headers: {}, body: { orderId, error: 'not-found' } }
    const comeAgainS = retryAfterS({ random: parts.random, awayMs: parts.breaker.awayMs() })
    return {
      status: 503,
      headers: { 'retry-after': String(comeAgainS) },
      body: { orderId, error: 'store-away' },
    }
  }
}
