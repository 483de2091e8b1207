import type { Verdict } from '../kernel/verdict.ts'

/** The classes that break a promise, in the order of the public result. */
export const failingClasses = [
  'lost',
  'duplicated',
  'phantom',
  'resurrected',
  'corrupted',
  'misplaced',
  'stuck',
] as const
export type FailingClass = (typeof failingClasses)[number]

/** Counted, and no fault of the system. */
export const passingClasses = ['recovered', 'indeterminate'] as const
export type PassingClass = (typeof passingClasses)[number]

export interface SeawallCounts extends Readonly<Record<FailingClass | PassingClass, number>> {
  readonly attempted: number
  readonly acknowledged: number
  readonly refused: number
  readonly unsure: number
  readonly stored: number
  readonly deadLettered: number
  readonly queued: number
  readonly dropped: number
}

/** The public result of judging a history, version 1; `seawall check --json` prints it in this order of fields. */
export interface SeawallResult {
  readonly format: 'seawall-result'
  readonly version: 1
  readonly verdict: Verdict
  /** Each in words: first those for fail, then those for unknown. Empty where the verdict is pass. */
  readonly reasons: readonly string[]
  /** Distinct ids, but for `dropped`, which counts arrivals. */
  readonly counts: SeawallCounts
  /** Up to ten ids of each failing class that has any, in the order in which the history first names them. */
  readonly examples: Readonly<Partial<Record<FailingClass, readonly string[]>>>
  readonly faults: { readonly planned: number; readonly felt: number; readonly healed: number }
  readonly torn: number
}
