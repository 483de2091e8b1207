import { history } from '../history/build-history.ts'
import type { HistoryLine, Place } from '../history/line.ts'
import { judge } from './judge.ts'
import type { SeawallCounts } from './result.ts'

/** The counts that are not zero. */
export function counted(lines: Iterable<HistoryLine>): Partial<SeawallCounts> {
  return Object.fromEntries(Object.entries(judge(lines).counts).filter(([, count]) => count !== 0))
}

/** An acknowledged and stored order, so that what is beside it decides. */
export function withGood(plan?: { places: Place[] }) {
  return history({ plan }).submit('good').ok().found('good')
}

/** What the good order alone comes to. */
export const good = { attempted: 1, acknowledged: 1, stored: 1 }
