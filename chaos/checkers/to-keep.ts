import type { HistoryLine } from '../history/line.ts'
import type { Checker, CheckResult } from './checker.ts'

/** What one checker says of a whole history. */
export function check(history: Iterable<HistoryLine>, checker: Checker): CheckResult {
  const inProgress = checker.begin()
  for (const line of history) inProgress.see(line)
  return inProgress.end()
}

/**
 * A matcher for vitest: after `expect.extend({ toKeep })` a test says
 * `expect(history).toKeep(noLostOrders())`. Only `pass` keeps a promise: `unknown` does not, nor does it break it.
 */
export function toKeep(
  this: { readonly isNot?: boolean },
  received: Iterable<HistoryLine>,
  checker: Checker,
): { pass: boolean; message: () => string } {
  const { verdict, reasons, examples } = check(received, checker)
  const isKept = this.isNot ? verdict !== 'fail' : verdict === 'pass'
  const shown = examples.length === 0 ? '' : `\nexamples: ${examples.join(', ')}`
  const expected = this.isNot
    ? 'expected the history to break the promise'
    : 'expected the history to keep the promise'
  return {
    pass: isKept,
    message: () => `${expected}: ${checker.promise}\ngot ${verdict}: ${reasons.join('; ') || 'kept'}${shown}`,
  }
}

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toKeep(checker: T extends Iterable<HistoryLine> ? Checker : never): R
  }
}
