import type { CheckResult } from './checker.ts'

const examplesMax = 10

/** The result of a promise that was looked at so often and broken on these ids. */
export function resultOfPromise(options: {
  readonly examined: number
  /** What is counted: stale. */
  readonly counted: string
  /** Ids in the order in which the history first names them; an id counts as often as it is here. */
  readonly broken: readonly string[]
  /** "3 reads were stale", for this number. */
  reason(count: number): string
  /** Why there was nothing to look at. */
  readonly nothing: string
}): CheckResult {
  const { examined, counted, broken, reason, nothing } = options
  const verdict = broken.length > 0 ? 'fail' : examined > 0 ? 'pass' : 'unknown'
  return {
    verdict,
    examined,
    counts: { [counted]: broken.length },
    examples: [...new Set(broken)].slice(0, examplesMax),
    reasons: verdict === 'pass' ? [] : [verdict === 'fail' ? reason(broken.length) : nothing],
  }
}
