import type { HistoryLine } from '../history/line.ts'
import type { Verdict } from '../kernel/verdict.ts'
import type { Checker, CheckResult } from './checker.ts'
import type { SeawallResult } from './result.ts'

/** What one promise came to, with its name and its sentence. */
export interface JudgedPromise extends CheckResult {
  readonly name: string
  readonly promise: string
}

export interface JudgeOutcome {
  /** What `seawall check` says of the same history, to the byte. */
  readonly result: SeawallResult
  /** The classes' own checkers first, then the extra ones, in the order in which they were handed in. */
  readonly promises: readonly JudgedPromise[]
  /** The worst of the result's and of every promise's. */
  readonly verdict: Verdict
}

/** Judges a history as it is written: every line is handed over once, in the order of the file. */
export interface Judge {
  /**
   * A line, or its text without the newline: JSON, or a packed line of the ledger.
   * Throws HARNESS_HISTORY_INVALID, with the line's number, where the format's rules are broken.
   */
  see(line: HistoryLine | string): void
  /** Call once, after the last line. Throws HARNESS_INTERNAL where the judge's own sum does not come out. */
  end(): JudgeOutcome
}

export declare function createJudge(extraCheckers?: readonly Checker[]): Judge
