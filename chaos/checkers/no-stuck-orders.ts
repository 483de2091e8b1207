import { isAnywhere } from './account.ts'
import { type ClassChecker, classChecker, ordersAre } from './class-checker.ts'

/** Nothing is left in the queue at the final read, whatever its end. */
export function noStuckOrders(): ClassChecker {
  return classChecker({
    orderClass: 'stuck',
    name: 'no-stuck-orders',
    promise: 'leaves no order in the queue',
    applies: ({ inQueue }) => inQueue,
    isEvidence: (account) => account.end !== 'never-invoked' || isAnywhere(account),
    reasons: (count) => [`${ordersAre(count)} stuck in the queue`],
  })
}
