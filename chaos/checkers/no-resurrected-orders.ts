import { isAnywhere } from './account.ts'
import { type ClassChecker, classChecker, ordersAre } from './class-checker.ts'

/** What was refused for certain, by every attempt, is in no place. */
export function noResurrectedOrders(): ClassChecker {
  return classChecker({
    orderClass: 'resurrected',
    name: 'no-resurrected-orders',
    promise: 'remembers no order that it refused',
    applies: (account) => account.end === 'fail' && isAnywhere(account),
    isEvidence: isAnywhere,
    reasons: (count) => [`${ordersAre(count, 'refused')} remembered all the same`],
  })
}
