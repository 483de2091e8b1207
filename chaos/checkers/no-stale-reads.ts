import { type Answered, Attempts, isAnswered } from './attempts.ts'
import type { Checker } from './checker.ts'
import { resultOfPromise } from './further-promise.ts'

/**
 * Reads never go back: a `get` that began after another one of the same order had ended does not show less.
 * Not found is less than found; where answers carry a `version`, a smaller one is less. Reads that overlap may
 * differ. Without two reads in a row, the first of which found something, nothing was examined: unknown.
 */
export function noStaleReads(): Checker {
  return {
    name: 'no-stale-reads',
    promise: 'shows nothing older after something newer',
    begin() {
      const attempts = new Attempts(({ action }) => action === 'get')
      return { see: (line) => attempts.see(line), end: () => judge(attempts) }
    },
  }
}

function judge({ all }: Attempts) {
  const byId = Map.groupBy(all.filter(isAnswered), ({ invoke }) => invoke.id)
  const looks = [...byId.values()].map(looksOf)
  return resultOfPromise({
    examined: looks.reduce((sum, { examined }) => sum + examined, 0),
    counted: 'stale',
    broken: looks.flatMap(({ stale }) => stale),
    reason: (count) => `${count} read(s) showed less than one before`,
    nothing: 'no order was read again after it had been found',
  })
}

const notFound = -1

function freshness({ end }: Answered): number {
  if (end.type !== 'ok') return notFound
  return typeof end.version === 'number' ? end.version : 0
}

/** The reads of one order, by their beginnings; beside them those that have ended by then, by their ends. */
function looksOf(reads: readonly Answered[]): { examined: number; stale: string[] } {
  const ended = reads.toSorted((a, b) => a.end.timeMs - b.end.timeMs)
  const stale: string[] = []
  let examined = 0
  let newest = notFound
  let next = 0
  for (const read of reads.toSorted((a, b) => a.invoke.timeMs - b.invoke.timeMs)) {
    for (; next < ended.length && (ended[next] as Answered).end.timeMs < read.invoke.timeMs; next += 1)
      newest = Math.max(newest, freshness(ended[next] as Answered))
    if (newest === notFound) continue
    examined += 1
    if (freshness(read) < newest) stale.push(read.invoke.id)
  }
  return { examined, stale }
}
