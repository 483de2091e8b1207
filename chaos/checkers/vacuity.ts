import type { Place } from '../history/line.ts'
import type { Tally } from './books/tally.ts'
import type { FaultAccount } from './books/watch-book.ts'
import type { CheckResult } from './checker.ts'

/** Never pass without evidence: every reason for which a history cannot be a pass, in words. */
export function reasonsForUnknown(tally: Tally): readonly string[] {
  const { watch, submitTimes } = tally.books
  return [
    ...(tally.count(({ end }) => end === 'ok') === 0 ? ['no submit was acknowledged'] : []),
    ...watch.unreadPlaces().map(({ place, missing }) => `${named[place]} not read to the end: ${missing}`),
    ...[...watch.faults.values()].flatMap((fault) => unprovedFault(fault, tally)),
    ...(watch.assaultWasLoaded(submitTimes) ? [] : ['no submit was invoked in the assault phase']),
    ...tooManyDropped(tally),
  ]
}

/** The same reasons as a promise of their own. */
export const enoughEvidence = {
  name: 'enough-evidence',
  promise: 'was loaded, disturbed and read back closely enough to judge',
  judge(tally: Tally): CheckResult {
    const reasons = reasonsForUnknown(tally)
    const examined = tally.count(({ end }) => end !== 'never-invoked')
    return { verdict: reasons.length === 0 ? 'pass' : 'unknown', examined, counts: {}, examples: [], reasons }
  },
}

const named: Readonly<Record<Place, string>> = {
  store: 'the store was',
  'dead-letter': 'the dead letters were',
  queue: 'the queue was',
}

function unprovedFault(fault: FaultAccount, { books }: Tally): readonly string[] {
  const name = fault.what === undefined ? `fault ${fault.name}` : `fault ${fault.name} (${fault.what})`
  const { injectedMs, healedMs } = fault
  const isIdle =
    injectedMs !== undefined && healedMs !== undefined && !books.submitTimes.hasBetween(injectedMs, healedMs)
  return [
    ...(fault.felt ? [] : [`${name} was not felt`]),
    ...(injectedMs !== undefined && healedMs === undefined ? [`${name} was injected and not healed`] : []),
    ...(isIdle
      ? [`no submit was invoked while ${name} was in, from ${injectedMs} ms to ${healedMs} ms`]
      : []),
  ]
}

function tooManyDropped({ books: { watch } }: Tally): readonly string[] {
  const { dropped, droppedMax } = watch
  if (droppedMax === undefined || dropped <= droppedMax) return []
  return [`${dropped} arrivals were dropped, and at most ${droppedMax} may be`]
}
