import { isAnywhere } from './account.ts'
import { type ClassChecker, classChecker, ordersAre } from './class-checker.ts'

/**
 * Each order is carried out once: effects are judged, not rows, because a store that upserts hides double work.
 * Two `read` lines of the store for one id are a duplicate too, whatever their effects.
 */
export function noDuplicatedOrders(): ClassChecker {
  return classChecker({
    orderClass: 'duplicated',
    name: 'no-duplicated-orders',
    promise: 'carries out no order twice',
    applies: ({ storeLines, effects }) => storeLines === 2 || effects === 2,
    isEvidence: isAnywhere,
    reasons: (count) => [`${ordersAre(count)} duplicated`],
  })
}
