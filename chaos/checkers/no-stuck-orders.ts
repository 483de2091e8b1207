import { type ClassChecker, classChecker, ordersAre } from './class-checker.ts'

/** Nothing is left in the queue at the final read, whatever its end. */
export function noStuckOrders(): ClassChecker {
  return classChecker({
    orderClass: 'stuck',
    name: 'no-stuck-orders',
    promise: 'leaves no order in the queue',
    applies: ({ inQueue }) => inQueue,
    // Whoever has an account was sent, or is somewhere.
    isEvidence: () => true,
    reasons: (count) => [`${ordersAre(count)} stuck in the queue`],
  })
}
