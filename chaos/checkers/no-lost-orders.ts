import { type Account, isAnywhere, mayHaveHappened } from './account.ts'
import { type ClassChecker, classChecker, ordersAre } from './class-checker.ts'

/**
 * What was acknowledged is somewhere, and what is in the store has had its effect.
 * Absence counts only where every planned place was read to its end; an empty list of effects always does.
 */
export function noLostOrders(): ClassChecker {
  return classChecker({
    orderClass: 'lost',
    name: 'no-lost-orders',
    promise: 'loses no acknowledged order',
    applies: (account, allPlacesRead) =>
      isWithoutEffect(account) || (allPlacesRead && isAcknowledgedAndAbsent(account)),
    isEvidence: ({ end }) => end === 'ok',
    reasons(_count, tally) {
      const absent = tally.allPlacesRead ? tally.count(isAcknowledgedAndAbsent) : 0
      const withoutEffect = tally.count(isWithoutEffect)
      return [
        ...(absent > 0 ? [`${ordersAre(absent, 'acknowledged')} lost`] : []),
        ...(withoutEffect > 0 ? [`${ordersAre(withoutEffect)} lost: in the store without an effect`] : []),
      ]
    },
  })
}

export function isAcknowledgedAndAbsent(account: Account): boolean {
  return account.end === 'ok' && !isAnywhere(account)
}

function isWithoutEffect(account: Account): boolean {
  return mayHaveHappened(account) && account.inStore && account.effects === 0
}
