/** What is known of the work that waits, at one moment; undefined where the source does not answer. */
export interface Demand {
  /** Orders that wait or are in somebody's hands. */
  readonly backlog: number | undefined
  /** How long the oldest order has waited. */
  readonly oldestAgeMs: number | undefined
  /** How many orders come in a second. */
  readonly arrivalsPerSecond: number | undefined
}

/**
 * A tenth of the backlog that a replica should have before it: the age of fewer says nothing. A broker's counts are up to
 * seconds old, and not of the same moment: three orders that were just passing read as three that have waited for long.
 */
const ageCountsFrom = 0.1

export interface Targets {
  /** So much backlog is what one replica should have before it. */
  readonly backlogPerReplica: number
  readonly oldestAgeMs: number
  /** What one replica should be asked to carry: less than it can, so that a backlog can be worked off. */
  readonly arrivalsPerReplica: number
  readonly min: number
  readonly max: number
  /** No change while the ratio of what is to what should be is this close to 1. */
  readonly tolerance: number
}

/**
 * How many replicas this demand asks for. The largest of what each metric asks for wins; while one is not known,
 * the others may ask for more and not for fewer; while none is known, the number stays as it is.
 *
 * Backlog and arrivals: total over target for each replica, rounded up (KEDA's queue length and message rate, HPA's
 * `AverageValue`). Without the arrivals an empty queue would send home those who keep it empty.
 * Age: current × age / target, rounded up (HPA's `Value`); only of a backlog worth the name, see below.
 * Source: Kubernetes, "Horizontal Pod Autoscaling", algorithm details; tolerance 0.1 by default there.
 */
export function recommend(current: number, demand: Demand, targets: Targets): number {
  const { tolerance, min, max } = targets
  const ratioOf = (value: number | undefined, target: number) =>
    value === undefined ? undefined : value / target
  const some = Math.max(1, current)
  const waiting = ratioOf(demand.backlog, targets.backlogPerReplica * some)
  const age = ratioOf(demand.oldestAgeMs, targets.oldestAgeMs)
  const ratios = [
    waiting,
    ratioOf(demand.arrivalsPerSecond, targets.arrivalsPerReplica * some),
    age !== undefined && waiting !== undefined && waiting < ageCountsFrom ? 0 : age,
  ]
  const asked = ratios
    .filter((ratio) => ratio !== undefined)
    .map((ratio) => fromRatio(current, ratio, tolerance))
  const holds = ratios.includes(undefined) ? [current] : []
  return Math.min(max, Math.max(min, ...asked, ...holds))
}

function fromRatio(current: number, ratio: number, tolerance: number): number {
  if (Math.abs(ratio - 1) <= tolerance) return current
  return Math.ceil(Math.max(1, current) * ratio)
}
