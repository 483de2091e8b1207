import type { DeadLetterReason, OrderMessage } from '../queue/order-queue.ts'

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
