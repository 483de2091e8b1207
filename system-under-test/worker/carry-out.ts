import { impossibility, parseOrder } from '../orders/order.ts'
import type { DeadLetterReason, OrderMessage } from '../queue/order-queue.ts'
import type { Random } from '../random.ts'
import type { RetryBudget } from '../resilience/retry-budget.ts'
import type { OrderBatch, OrderStore } from '../store/order-store.ts'
import type { WorkerMetrics } from '../telemetry/metrics.ts'

/**
 * What is to be done with a delivery. `done`: the effect is in the store once, acknowledge it. `dead`: it can never
 * be carried out, move it to the dead letters. `wait`: the store is away; keep it, and stop taking more.
 */
export type Settlement =
  | { readonly kind: 'done'; readonly before: boolean }
  | { readonly kind: 'dead'; readonly reason: DeadLetterReason; readonly detail: string }
  | { readonly kind: 'wait'; readonly cause: string }

/** Carries one order out, or says why not. Never rejects; safe to repeat, from any worker. */
export type CarryOut = (message: OrderMessage) => Promise<Settlement>

export interface CarryOutParts {
  readonly store: OrderStore
  readonly random: Random
  readonly worker: string
  readonly budget: RetryBudget
  readonly metrics: WorkerMetrics
}

/**
 *     order ──write if absent──► applied ─────────────────────────────► done
 *                │               exists, same payload ────────────────► done before
 *                │               exists, other payload ───────────────► dead: conflict
 *                │               away ────────────────────────────────► wait
 *                └── no answer ──read at serial──► there ─────────────► done, or conflict
 *                                                  not there, budget ─► write if absent, once more
 *                                                  away ──────────────► wait
 *
 * A conditional write whose answer was lost is never just repeated and believed: what is there decides. Repeating it
 * after the look is safe, for it is conditional: should the first one still come through, one of them finds the other.
 */
export function createCarryOut(parts: CarryOutParts): CarryOut {
  return async (message) => {
    const parsed = parseOrder(message.payload)
    if (parsed.kind !== 'order') return { kind: 'dead', reason: 'malformed', detail: parsed.kind }
    const impossible = impossibility(parsed.order)
    if (impossible !== undefined) return { kind: 'dead', reason: 'poison', detail: impossible }
    parts.budget.earn()
    return writeOnce(parts, message, batchOf(message, parts))
  }
}

async function writeOnce(
  parts: CarryOutParts,
  message: OrderMessage,
  batch: OrderBatch,
): Promise<Settlement> {
  const outcome = await parts.store.write(batch)
  switch (outcome.kind) {
    case 'applied':
      return { kind: 'done', before: false }
    case 'exists':
      return compare(message, outcome.digest)
    case 'away':
      return { kind: 'wait', cause: outcome.cause }
    case 'unsure':
      parts.metrics.unsureWrites.inc()
      return readBack(parts, message, batch)
  }
}

async function readBack(parts: CarryOutParts, message: OrderMessage, batch: OrderBatch): Promise<Settlement> {
  const outcome = await parts.store.read(message.orderId, 'serial')
  if (outcome.kind === 'away') return { kind: 'wait', cause: outcome.cause }
  if (outcome.kind === 'found') {
    const ours = outcome.order.effects.some(({ effectId }) => effectId === batch.effects[0]?.effectId)
    return ours ? { kind: 'done', before: false } : compare(message, outcome.order.digest)
  }
  if (!parts.budget.spend()) return { kind: 'wait', cause: 'the budget for retries is spent' }
  return writeOnce(parts, message, batch)
}

/** Another delivery was first: with the same payload it is done, with another one it never will be. */
export function compare(message: OrderMessage, digest: string): Settlement {
  if (digest === message.digest) return { kind: 'done', before: true }
  return { kind: 'dead', reason: 'conflict', detail: `stored with ${digest}, came with ${message.digest}` }
}

/** State and effect in one batch, so that neither is ever without the other. */
export function batchOf(
  { orderId, digest, payload }: OrderMessage,
  { random, worker }: CarryOutParts,
): OrderBatch {
  // Drawn anew for each delivery: were an order carried out twice, both effects would be seen. Never 00000000.
  const effectId = (1 + Math.floor(random.next() * 0xffff_fffe)).toString(16).padStart(8, '0')
  return {
    orderId,
    order: { state: 'done', digest, payload },
    effects: [{ effectId, worker }],
    onlyIfAbsent: true,
  }
}
