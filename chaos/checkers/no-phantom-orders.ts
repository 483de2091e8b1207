import { isAnywhere } from './account.ts'
import { type ClassChecker, classChecker } from './class-checker.ts'

/** Whatever is in some place was once asked for. */
export function noPhantomOrders(): ClassChecker {
  return classChecker({
    orderClass: 'phantom',
    name: 'no-phantom-orders',
    promise: 'remembers no order that nobody submitted',
    applies: (account) => account.end === 'never-invoked' && isAnywhere(account),
    isEvidence: isAnywhere,
    reasons: (count) => [
      count === 1 ? '1 phantom: it was never submitted' : `${count} phantoms: they were never submitted`,
    ],
  })
}
