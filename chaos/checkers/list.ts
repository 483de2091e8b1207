import type { ClassChecker } from './class-checker.ts'
import { noCorruptedOrders } from './no-corrupted-orders.ts'
import { noDuplicatedOrders } from './no-duplicated-orders.ts'
import { noInvalidOrders } from './no-invalid-orders.ts'
import { noLostOrders } from './no-lost-orders.ts'
import { noMisplacedOrders } from './no-misplaced-orders.ts'
import { noPhantomOrders } from './no-phantom-orders.ts'
import { noReorderedOrders } from './no-reordered-orders.ts'
import { noResurrectedOrders } from './no-resurrected-orders.ts'
import { noStaleReads } from './no-stale-reads.ts'
import { noStuckOrders } from './no-stuck-orders.ts'
import { nothingEndedByItself } from './nothing-ended-by-itself.ts'
import { visibleWithin } from './visible-within.ts'

/** The classes that every history is judged by, in the order of the public result. */
export const classCheckers: readonly ClassChecker[] = [
  noLostOrders(),
  noDuplicatedOrders(),
  noPhantomOrders(),
  noResurrectedOrders(),
  noCorruptedOrders(),
  noMisplacedOrders(),
  noStuckOrders(),
]

/** Further promises, which an experiment makes where its histories carry what they need. */
export const furtherCheckers = {
  visibleWithin,
  noStaleReads,
  noReorderedOrders,
  noInvalidOrders,
  nothingEndedByItself,
}
