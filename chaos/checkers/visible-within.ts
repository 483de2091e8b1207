import { formatDuration } from '../kernel/duration.ts'
import { Attempts, isAnswered, isNotFound } from './attempts.ts'
import type { Checker } from './checker.ts'
import { resultOfPromise } from './further-promise.ts'

/**
 * An acknowledged order can be read soon: no `get` that began `withinMs` after the acknowledgement is answered with
 * 404. Orders that are meant for the dead letters are left out. Without such a get nothing was examined: unknown.
 */
export function visibleWithin(withinMs: number): Checker {
  return {
    name: 'visible-within',
    promise: `can read an acknowledged order after ${formatDuration(withinMs)}`,
    begin() {
      const attempts = new Attempts(({ action }) => action === 'submit' || action === 'get')
      return { see: (line) => attempts.see(line), end: () => judge(attempts, withinMs) }
    },
  }
}

function judge({ all }: Attempts, withinMs: number) {
  const acknowledgedMs = new Map<string, number>()
  for (const { invoke, end } of all) {
    if (invoke.action !== 'submit' || end?.type !== 'ok' || invoke.expect === 'dead-letter') continue
    acknowledgedMs.set(invoke.id, Math.min(end.timeMs, acknowledgedMs.get(invoke.id) ?? end.timeMs))
  }
  const late = all.filter(isAnswered).filter(({ invoke: { action, id, timeMs } }) => {
    const fromMs = acknowledgedMs.get(id) ?? Number.POSITIVE_INFINITY
    return action === 'get' && timeMs >= fromMs + withinMs
  })
  return resultOfPromise({
    examined: late.length,
    counted: 'invisible',
    broken: late.filter(({ end }) => isNotFound(end)).map(({ invoke }) => invoke.id),
    reason: (count) =>
      `${count} read(s) did not find an order that was acknowledged ${formatDuration(withinMs)} before`,
    nothing: 'no acknowledged order was read',
  })
}
