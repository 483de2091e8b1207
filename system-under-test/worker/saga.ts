import { impossibility, type Order, parseOrder } from '../orders/order.ts'
import { piecesOf } from '../orders/stock-sums.ts'
import type { OrderMessage } from '../queue/order-queue.ts'
import type { OrderBatch, OrderState, OrderStore, Reservation, WriteOutcome } from '../store/order-store.ts'
import { batchOf, type CarryOut, type CarryOutParts, compare, type Settlement } from './carry-out.ts'

/**
 * Carrying an order out in two steps, each in a partition of its own: put its pieces aside, then confirm the order.
 *
 *     order ──claim──► reserving ──hold each article──► can it be done? ──yes──► done                ──► done
 *                          │                                  └────────no───► refused ──release──► dead: poison
 *                          └── there before, with another payload ────────────────────────────────► dead: conflict
 *
 * Nothing spans two partitions, so that a worker may die anywhere in between. What makes it whole again is the next
 * delivery: every step is conditional on the state that it leaves, and is the same for whoever takes it, so that it
 * is safe to begin anew from the start. The state of the order decides, never that of the stock: an order that stands
 * refused has its pieces released again by each delivery, until that is done; only then is it moved to the dead letters.
 */
export function createSaga(parts: CarryOutParts): CarryOut {
  return async (message) => {
    const parsed = parseOrder(message.payload)
    if (parsed.kind !== 'order') return { kind: 'dead', reason: 'malformed', detail: parsed.kind }
    parts.budget.earn()
    return new Saga(parts, message, parsed.order).run()
  }
}

type Unheard = Extract<WriteOutcome, { readonly kind: 'unsure' | 'away' }>
type Wait = Extract<Settlement, { readonly kind: 'wait' }>

/** What a step came to: an end of this delivery, or undefined to go on. */
type StepEnd = Settlement | undefined

class Saga {
  readonly #parts: CarryOutParts
  readonly #store: OrderStore
  readonly #message: OrderMessage
  /** What would carry it out in one step. */
  readonly #batch: OrderBatch
  readonly #reservations: readonly Reservation[]
  readonly #impossibility: string | undefined

  constructor(parts: CarryOutParts, message: OrderMessage, order: Order) {
    this.#parts = parts
    this.#store = parts.store
    this.#message = message
    this.#batch = batchOf(message, parts)
    this.#reservations = reservationsOf(message.orderId, order)
    this.#impossibility = impossibility(order)
  }

  async run(): Promise<Settlement> {
    return (await this.#claim()) ?? (await this.#each('hold')) ?? (await this.#confirmOrRefuse())
  }

  async #claim(): Promise<StepEnd> {
    const { digest, payload } = this.#message
    const claim: OrderBatch = { ...this.#batch, order: { state: 'reserving', digest, payload }, effects: [] }
    const outcome = await this.#heard(() => this.#store.write(claim))
    if (outcome.kind === 'wait') return outcome
    if (outcome.kind !== 'exists') return undefined
    const settlement = compare(this.#message, outcome.digest)
    return settlement.kind === 'dead' ? settlement : undefined
  }

  async #each(act: 'hold' | 'release'): Promise<StepEnd> {
    for (const reservation of this.#reservations) {
      const outcome = await this.#heard(() => this.#store[act](reservation))
      if (outcome.kind === 'wait') return outcome
    }
    return undefined
  }

  async #confirmOrRefuse(): Promise<Settlement> {
    const { orderId } = this.#message
    const to: OrderState = this.#impossibility === undefined ? 'done' : 'refused'
    const effects = to === 'done' ? this.#batch.effects : []
    const outcome = await this.#heard(() => this.#store.step({ orderId, from: 'reserving', to, effects }))
    if (outcome.kind === 'wait') return outcome
    const state = outcome.kind === 'applied' ? to : outcome.state
    if (state === 'refused') return this.#compensate()
    if (state === 'done') return { kind: 'done', before: outcome.kind !== 'applied' }
    return { kind: 'wait', cause: `the order stands ${state ?? 'nowhere'} after it was claimed` }
  }

  async #compensate(): Promise<Settlement> {
    const detail = this.#impossibility ?? 'it was refused before'
    return (await this.#each('release')) ?? { kind: 'dead', reason: 'poison', detail }
  }

  /** Until somebody hears an answer: all of these are safe to ask again, as far as the budget goes. */
  async #heard<T extends { readonly kind: string }>(ask: () => Promise<T | Unheard>): Promise<T | Wait> {
    for (;;) {
      const outcome = await ask()
      if (isHeard(outcome)) return outcome
      if (outcome.kind === 'away') return { kind: 'wait', cause: outcome.cause }
      this.#parts.metrics.unsureWrites.inc()
      if (!this.#parts.budget.spend()) return { kind: 'wait', cause: 'the budget for retries is spent' }
    }
  }
}

function isHeard<T extends { readonly kind: string }>(outcome: T | Unheard): outcome is T {
  return outcome.kind !== 'unsure' && outcome.kind !== 'away'
}

/** One for each article, however many lines of the order name it. */
function reservationsOf(orderId: string, order: Order): readonly Reservation[] {
  return [...piecesOf(order)].map(([sku, quantity]) => ({ sku, orderId, quantity }))
}
