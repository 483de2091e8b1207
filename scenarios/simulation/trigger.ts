import type { Checker } from '../../chaos/checkers/checker.ts'
import type { Random } from '../../chaos/kernel/random.ts'
import type { Objective } from '../../chaos/slo/objective.ts'
import type { SimulatedFault } from './simulated-fault.ts'
import type { Scaling } from './simulated-fleet.ts'
import type { SimulatedLoad } from './simulated-load.ts'
import type { PlannedRelease } from './simulated-release.ts'

/**
 * Load and faults under which a bug of one sort shows. The honest service must stand every one of them: each trigger
 * is also its own control.
 */
export interface Trigger {
  /** Named by the event: worker-killed-while-store-slow. */
  readonly name: string
  /** A sentence. */
  readonly description: string
  readonly load?: Partial<SimulatedLoad>
  /** Settings of the service, by their environment variables. */
  readonly settings?: Readonly<Record<string, string>>
  /** Beside the classes of the history, which are always judged. */
  readonly objectives?: readonly Objective[]
  readonly promises?: readonly Checker[]
  /** Clients go only to replicas that say they are ready, as a load balancer sees to. */
  readonly isBalanced?: boolean
  /** An autoscaler keeps so many workers; two run all along where there is none. */
  readonly scaling?: Scaling
  /** A new version comes in the middle of it. */
  readonly release?: PlannedRelease
  /** Every second replica runs the version before, as it does in the middle of a release. */
  readonly isMixed?: boolean
  /** Times count from the start of the load. */
  faults(random: Random): readonly SimulatedFault[]
}
