/** Which targets a fault is for. The choice among several is drawn from the seed. */
export type TargetSelector =
  | { readonly name: string }
  | {
      readonly role: string
      readonly choose: 'one' | 'all' | { readonly count: number } | { readonly share: number }
    }
  /** Found while the run plays, by what the broker says. */
  | { readonly role: string; readonly by: 'most-unacknowledged' | 'queue-leader' }

/** A reading of the system that a fault can wait for. */
export type Condition =
  | { readonly reading: string; readonly above: number }
  | { readonly reading: string; readonly below: number }

export type When =
  /** From the start of the load. */
  | { readonly atMs: number }
  /** From the start of a phase of the load: rise, hold, fall. */
  | { readonly phase: string; readonly offsetMs: number }
  | { readonly everyMs: number; readonly jitterMs: number; readonly times: number; readonly fromMs: number }
  /** As soon as the condition holds; if it does not by the deadline (from the start of the load), the fault is not felt. */
  | { readonly condition: Condition; readonly deadlineMs: number }

/** A fault as an experiment states it. */
export interface FaultPlan {
  readonly kind: string
  readonly target: TargetSelector
  readonly when: When
  /** How long until the heal. */
  readonly forMs: number
  readonly options?: Readonly<Record<string, unknown>>
}

export interface BlastRadius {
  /** Roles or names that may be touched. */
  readonly targets: readonly string[]
  readonly atOnceMax: number
  readonly totalMsMax: number
}

/** One injection as it will be played: everything that the seed decides is decided. */
export interface ScheduledFault {
  /** f1, f2, … in the order of the plan. */
  readonly id: string
  readonly kind: string
  /** A target's name; or a role with a choice that is made when it plays. */
  readonly target: string | { readonly role: string; readonly by: 'most-unacknowledged' | 'queue-leader' }
  /** From the start of the load. */
  readonly start: { readonly atMs: number } | { readonly condition: Condition; readonly deadlineMs: number }
  readonly forMs: number
  readonly options: Readonly<Record<string, unknown>>
}
