import type { Verdict } from '../kernel/verdict.ts'
import type { Condition } from '../schedule/schedule.ts'

/** Which part of the run an objective is judged over. */
export type ObjectiveWindow =
  | { readonly over: 'assault' }
  | { readonly over: 'load-phase'; readonly phase: string }
  | { readonly over: 'each-fault' }
  | { readonly over: 'sliding'; readonly widthMs: number }

/** What is measured. Every planned arrival counts; a dropped one is a miss. Times count from the intended start. */
export type Indicator =
  /** Orders that ended ok / arrivals that asked for an order to be stored. */
  | { readonly kind: 'availability' }
  /** Response time of accepted orders, from the intended start of the arrival to its final answer. */
  | { readonly kind: 'response-time'; readonly quantile: number }
  /** Shed attempts (429, documented 503) / all arrivals. */
  | { readonly kind: 'shed' }
  /**
   * Attempts / orders: how much retrying multiplies the load. Of those that were `let-in` alone, attempts and orders, where
   * it is what is behind the door that must not be asked again: a shed attempt costs it nothing.
   */
  | { readonly kind: 'amplification'; readonly of?: 'let-in' | undefined }
  /** From the end of the load to an empty backlog. */
  | { readonly kind: 'time-to-drained' }
  /** From the heal of each fault to goodput and p99 back to normal. */
  | { readonly kind: 'time-to-normal' }
  /** Accepted orders a second in the window / a rate, or / the rate before the first fault. */
  | { readonly kind: 'goodput'; readonly against: 'planned' | 'before-faults' }
  /** Burn rate: error rate / (1 - slo), over both the long window and a twelfth of it. */
  | { readonly kind: 'burn-rate'; readonly slo: number; readonly windowMs: number }
  /** From the window's beginning until a reading of the system satisfies the condition: workers-ready above 5. */
  | { readonly kind: 'time-to-reading'; readonly condition: Condition }
  /** How often a reading turned from growing to shrinking or back: the oscillations of an autoscaler. */
  | { readonly kind: 'reading-turns'; readonly reading: string }
  /** How often a reading changed at all. */
  | { readonly kind: 'reading-changes'; readonly reading: string }

export interface Objective {
  readonly name: string
  /** A sentence: "accepts 99 % of the orders over the assault". */
  readonly promise: string
  readonly indicator: Indicator
  readonly window: ObjectiveWindow
  /** Ratios 0..1, times in ms, counts. `atLeast` or `atMost`, exactly one. */
  readonly atLeast?: number
  readonly atMost?: number
  /**
   * Only the arrivals of one group of clients: those whose processes are called `GROUP/…`. An arrival that was dropped
   * could have been anybody's, and counts for every group.
   */
  readonly group?: string
  /** Below so many samples the verdict is unknown. */
  readonly samplesMin: number
  /** While one of these fault kinds is active, the window is left out. */
  readonly exceptDuring?: readonly string[]
}

export interface ObjectiveResult {
  readonly name: string
  readonly promise: string
  readonly verdict: Verdict
  /** The worst window, in words: "fault f1 (container-kill on worker-1), 20.1 s to 22.4 s". */
  readonly window: string
  readonly value: number | undefined
  readonly limit: number
  readonly unit: 'ratio' | 'ms' | 'factor' | 'count'
  readonly samples: number
  readonly reasons: readonly string[]
}
