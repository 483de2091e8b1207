import type { Checker } from './checkers/checker.ts'
import type { BlastRadius, Condition, FaultPlan } from './schedule/schedule.ts'
import type { AlertPlan } from './slo/alert.ts'
import type { Objective } from './slo/objective.ts'
import type { LoadTimeline } from './system.ts'

/** A question, and everything that is needed to answer it but the system and the seed. */
export interface Experiment<Load extends LoadTimeline = LoadTimeline> {
  /** Named by its event: worker-killed-mid-spike. */
  readonly name: string
  /** Ends in a question mark. */
  readonly question: string
  readonly load: Load
  readonly faults: readonly FaultPlan[]
  readonly blastRadius: BlastRadius
  /** Beside "nothing lost, nothing twice" and "nothing ended by itself", which are always judged. */
  readonly promises: readonly Checker[]
  readonly objectives: readonly Objective[]
  /** Which alerts must fire, and which may; without it none is judged. */
  readonly alerts?: AlertPlan
  /** Share of the planned arrivals that the load generator may drop. */
  readonly droppedShareMax: number
  /** From the end of the load until the backlog must be empty and everything answers. */
  readonly convergeWithinMs: number
  /** As soon as one of these holds, the assault ends: everything is healed, and what there is is judged. */
  readonly abortWhen?: readonly Condition[]
}
