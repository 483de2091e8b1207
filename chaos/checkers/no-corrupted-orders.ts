import { isAnywhere } from './account.ts'
import { type ClassChecker, classChecker, ordersAre } from './class-checker.ts'

/** What is kept of an order, in any place, has the digest of a payload that was sent for it. */
export function noCorruptedOrders(): ClassChecker {
  return classChecker({
    orderClass: 'corrupted',
    name: 'no-corrupted-orders',
    promise: 'alters no payload',
    applies: (account) => account.digestUnknown,
    isEvidence: isAnywhere,
    reasons: (count) => [`${ordersAre(count)} corrupted`],
  })
}
