import type { HistoryLine } from '../history/line.ts'
import type { Verdict } from '../kernel/verdict.ts'

export interface CheckResult {
  readonly verdict: Verdict
  /** How much evidence stood behind the verdict. Zero evidence is never a pass. */
  readonly examined: number
  readonly counts: Readonly<Record<string, number>>
  /** Up to ten ids, in the order in which the history first names them. */
  readonly examples: readonly string[]
  /** Each in words, for fail and unknown: "1 acknowledged order is lost". */
  readonly reasons: readonly string[]
}

/** One promise, judged over a history in one pass. Pure: it keeps what it needs and reads no clock. */
export interface Checker {
  /** kebab-case, named by the promise: no-lost-orders. */
  readonly name: string
  /** A sentence in the present tense, the test's title: "loses no acknowledged order". */
  readonly promise: string
  begin(): CheckInProgress
}

export interface CheckInProgress {
  see(line: HistoryLine): void
  end(): CheckResult
}
