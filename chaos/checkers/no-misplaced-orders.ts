import { type Account, isAnywhere, mayHaveHappened } from './account.ts'
import { type ClassChecker, classChecker, ordersAre } from './class-checker.ts'

/** Good orders end in the store and never in the dead letters, poisonous ones the other way round. */
export function noMisplacedOrders(): ClassChecker {
  return classChecker({
    orderClass: 'misplaced',
    name: 'no-misplaced-orders',
    promise: 'puts no order where it does not belong',
    applies: (account) => mayHaveHappened(account) && isInTheOtherPlace(account),
    isEvidence: isAnywhere,
    reasons: (count) => [`${ordersAre(count)} misplaced`],
  })
}

function isInTheOtherPlace({ expect, inStore, inDeadLetters }: Account): boolean {
  return expect === 'store' ? inDeadLetters : inStore
}
