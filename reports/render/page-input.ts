import type { RunData } from '../aggregate/run-data.ts'
import type { Difference } from '../compare.ts'
import type { Prices } from '../cost/cost.ts'
import type { RunRecord } from '../run-record.ts'
import type { TrendRow } from '../trend/trend-row.ts'
import type { Markup } from './markup.ts'

/** All that the page shows. What is absent is said to be absent, with its reason. */
export interface PageInput {
  readonly record: RunRecord
  /** Absent where the run left no readable history; `historyProblem` says why. */
  readonly data?: RunData
  readonly historyProblem?: string
  readonly stories?: readonly Story[]
  /** Earlier runs that this one may be compared with; each is absent where there is none. */
  readonly lastGood?: Beside
  readonly control?: Beside
  /** A run of another system that was asked the same; absent where there is none. */
  readonly otherSystem?: OtherRun
  /** Prices, or why they cannot be used. */
  readonly prices?: Prices | string
}

/** This run beside an earlier one. */
export interface Beside {
  readonly run: TrendRow
  readonly differences: readonly Difference[]
}

/** A run of another system, with what its history shows. */
export interface OtherRun {
  readonly record: RunRecord
  /** Absent where it left no readable history. */
  readonly data?: RunData
  /** Its report, from this run's folder. */
  readonly report: string
}

/** Everything that the run knows of one id that broke a promise. */
export interface Story {
  readonly id: string
  /** lost, duplicated, … */
  readonly classes: readonly string[]
  readonly steps: readonly StoryStep[]
  /** Log lines that name the id, oldest first. */
  readonly logs: readonly { readonly source: string; readonly text: string }[]
}

export interface StoryStep {
  readonly timeMs: number
  readonly what: string
  /** The faults that were in at that moment: "f1 container-kill on worker-1". */
  readonly faults: readonly string[]
}

/** A part of the page; undefined where this run has nothing to say about it. */
export type Section = (input: PageInput) => Markup | undefined
