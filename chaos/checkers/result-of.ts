import { HarnessError } from '../kernel/errors.ts'
import type { Verdict } from '../kernel/verdict.ts'
import { type Account, isAnywhere } from './account.ts'
import type { Tally } from './books/tally.ts'
import { classCheckers } from './list.ts'
import { isAcknowledgedAndAbsent } from './no-lost-orders.ts'
import type { FailingClass, SeawallCounts, SeawallResult } from './result.ts'
import { isIndeterminate, isRecovered } from './unsure-orders.ts'
import { reasonsForUnknown } from './vacuity.ts'

/** The public result of closed books. Throws HARNESS_INTERNAL where the accounts do not add up. */
export function resultOf(tally: Tally, torn: number): SeawallResult {
  const counts = countsOf(tally)
  refuseUnlessConserved(tally, counts)
  const broken = classCheckers
    .filter(({ orderClass }) => counts[orderClass] > 0)
    .map((checker) => ({
      orderClass: checker.orderClass,
      ...checker.judge(tally),
    }))
  const unknown = reasonsForUnknown(tally)
  const verdict: Verdict = broken.length > 0 ? 'fail' : unknown.length > 0 ? 'unknown' : 'pass'
  const faults = [...tally.books.watch.faults.values()]
  return {
    format: 'seawall-result',
    version: 1,
    verdict,
    reasons: [...broken.flatMap(({ reasons }) => reasons), ...unknown],
    counts,
    examples: Object.fromEntries(broken.map(({ orderClass, examples }) => [orderClass, examples])),
    faults: {
      planned: faults.length,
      felt: faults.filter(({ felt }) => felt).length,
      healed: faults.filter(({ healedMs }) => healedMs !== undefined).length,
    },
    torn,
  }
}

function countsOf(tally: Tally): SeawallCounts {
  const { attempted, stored, deadLettered, queued } = tally.books.ids.counts
  const isBroken = (account: Account) =>
    classCheckers.some((checker) => checker.applies(account, tally.allPlacesRead))
  const classes = Object.fromEntries(
    classCheckers.map(({ orderClass, applies }) => [
      orderClass,
      tally.count((account) => applies(account, tally.allPlacesRead)),
    ]),
  ) as Record<FailingClass, number>
  return {
    attempted,
    acknowledged: tally.count(({ end }) => end === 'ok'),
    refused: tally.count(({ end }) => end === 'fail'),
    unsure: tally.count(({ end }) => end === 'info'),
    stored,
    deadLettered,
    queued,
    dropped: tally.books.watch.dropped,
    ...classes,
    recovered: tally.count((account) => isRecovered(account, isBroken)),
    indeterminate: tally.count((account) => isIndeterminate(account, tally.allPlacesRead)),
  }
}

/**
 * The judge's own sum: every attempted id ended in one way, and the ids that are somewhere, with those that are
 * absent though acknowledged, are the acknowledged, the unsure that are somewhere, the resurrected and the phantoms.
 * The left sides were counted as the lines came, the right sides from the accounts at the end.
 */
function refuseUnlessConserved(tally: Tally, counts: SeawallCounts): void {
  const { attempted, acknowledged, refused, unsure, stored, deadLettered, queued } = counts
  const inPlaces = tally.count(isAnywhere)
  const unsureInPlace = tally.count((account) => account.end === 'info' && isAnywhere(account))
  const sums = [
    ['attempted', attempted, acknowledged + refused + unsure],
    [
      'in places or lost by absence',
      inPlaces + tally.count(isAcknowledgedAndAbsent),
      acknowledged + unsureInPlace + counts.resurrected + counts.phantom,
    ],
    ['in the store', stored, tally.count(({ inStore }) => inStore)],
    ['in the dead letters', deadLettered, tally.count(({ inDeadLetters }) => inDeadLetters)],
    ['in the queue', queued, tally.count(({ inQueue }) => inQueue)],
  ] as const
  const broken = sums.filter(([, left, right]) => left !== right)
  if (broken.length === 0) return
  throw new HarnessError(
    'HARNESS_INTERNAL',
    `the judge's sum does not come out: ${broken.map(([what, left, right]) => `${what}: ${left} against ${right}`).join('; ')}`,
    'keep the history and report it: this is an error of Seawall, not of the system',
  )
}
