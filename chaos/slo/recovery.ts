import type { ArrivalSeen } from './arrival-log.ts'
import { type BacklogReading, drainedMs } from './backlog-log.ts'
import type { Evidence, Measured } from './evidence.ts'
import type { FaultInterval } from './intervals.ts'
import { exactQuantile } from './quantile.ts'

/** How one fault was lived through. Times in ms; undefined where it did not happen, or could not be seen. */
export interface FaultRecovery {
  readonly fault: string
  /** From felt to the first answer that shows it: shed, failed or lost. */
  readonly detectMs: number | undefined
  /** From felt to the first acceptance after the first failure; undefined where nothing failed. */
  readonly firstSuccessMs: number | undefined
  /** From the heal until goodput and response time are normal, and stay so. */
  readonly normalMs: number | undefined
  /** From the heal until the backlog is back at its level before the fault. */
  readonly drainedMs: number | undefined
  /** What draining takes at least: backlog at the heal / (highest service rate seen - arrival rate). */
  readonly drainedAtLeastMs: number | undefined
}

/** Normal: this share of the planned orders is accepted… */
export const normalGoodput = 0.95
/** …for so long. One good second is luck. */
export const normalHeldMs = 10_000
const stepMs = 1_000
/** How far before a fault its backlog's base level is looked for. */
const baseLevelMs = 10_000

export function recoveryOf(evidence: Evidence, fault: FaultInterval): FaultRecovery {
  const fromMs = fault.feltMs ?? fault.fromMs
  const failures = evidence.arrivals.filter((arrival) => failedAfter(arrival, fault.fromMs))
  const firstFailureMs = failures.reduce(
    (first, arrival) => Math.min(first, arrival.endMs),
    Number.POSITIVE_INFINITY,
  )
  const firstSuccess = evidence.arrivals.reduce(
    (first, { end, endMs }) =>
      end === 'accepted' && endMs > firstFailureMs ? Math.min(first, endMs) : first,
    Number.POSITIVE_INFINITY,
  )
  return {
    fault: fault.fault,
    detectMs: since(fromMs, firstFailureMs),
    firstSuccessMs: since(fromMs, firstSuccess),
    normalMs: timeToNormal(evidence, fault),
    drainedMs: timeToDrained(evidence, fault),
    drainedAtLeastMs: fault.healedMs === undefined ? undefined : drainedAtLeast(evidence, fault.healedMs),
  }
}

function failedAfter(arrival: ArrivalSeen, injectedMs: number): boolean {
  return (arrival.end === 'shed' || arrival.end === 'missed') && arrival.endMs >= injectedMs
}

function since(fromMs: number, atMs: number): number | undefined {
  return Number.isFinite(atMs) ? Math.max(0, atMs - fromMs) : undefined
}

/**
 * How long after the heal, until every second is normal for ten seconds. Seconds in which another fault was in are not
 * counted: nobody promises to recover from one while the next one bites. undefined if the load ended before anybody
 * could see that.
 */
export function timeToNormal(evidence: Evidence, fault: FaultInterval): number | undefined {
  const { healedMs } = fault
  if (healedMs === undefined) return undefined
  const p99Max = evidence.objectives.find(
    ({ indicator }) => indicator.kind === 'response-time' && indicator.quantile === 0.99,
  )?.atMost
  const seconds = bySecond(evidence.arrivals, healedMs)
  let heldMs = 0
  let heldSinceMs = 0
  let passedMs = 0
  for (let fromMs = healedMs; fromMs + stepMs <= evidence.loadEndedMs; fromMs += stepMs) {
    const normal = isNormal(seconds.get(Math.round((fromMs - healedMs) / stepMs)) ?? [], p99Max)
    if (!isDisturbed(evidence, fault, fromMs)) passedMs += stepMs
    heldMs = normal ? heldMs + stepMs : 0
    if (!normal) heldSinceMs = passedMs
    if (heldMs === normalHeldMs) return heldSinceMs
  }
  return undefined
}

/** How long anybody could look for the normal state after a fault: to the end of the load, without other faults. */
export function lookedForNormalMs(evidence: Evidence, fault: FaultInterval): number {
  let passedMs = 0
  for (let fromMs = fault.toMs; fromMs + stepMs <= evidence.loadEndedMs; fromMs += stepMs) {
    if (!isDisturbed(evidence, fault, fromMs)) passedMs += stepMs
  }
  return passedMs
}

function isDisturbed({ faults }: Evidence, fault: FaultInterval, fromMs: number): boolean {
  return faults.some((other) => other !== fault && other.fromMs < fromMs + stepMs && other.toMs > fromMs)
}

function bySecond(arrivals: readonly ArrivalSeen[], fromMs: number): ReadonlyMap<number, ArrivalSeen[]> {
  const seconds = new Map<number, ArrivalSeen[]>()
  for (const arrival of arrivals) {
    const second = Math.floor((arrival.intendedMs - fromMs) / stepMs)
    if (second < 0) continue
    const bucket = seconds.get(second)
    if (bucket === undefined) seconds.set(second, [arrival])
    else bucket.push(arrival)
  }
  return seconds
}

function isNormal(arrivals: readonly ArrivalSeen[], p99Max: number | undefined): boolean {
  const valid = arrivals.filter(({ end }) => end !== 'read' && end !== 'rejected')
  const accepted = valid.filter(({ end }) => end === 'accepted')
  if (valid.length === 0 || accepted.length / valid.length < normalGoodput) return false
  const times = Float64Array.from(accepted, (arrival) => arrival.endMs - arrival.intendedMs).sort()
  return p99Max === undefined || (exactQuantile(times, 0.99) ?? 0) <= p99Max
}

export function timeToDrained(evidence: Evidence, fault: FaultInterval): number | undefined {
  if (fault.healedMs === undefined) return undefined
  const before = evidence.backlog.filter(
    ({ timeMs }) => timeMs < fault.fromMs && timeMs >= fault.fromMs - baseLevelMs,
  )
  const level = before.reduce((highest, { value }) => Math.max(highest, value), 0)
  const atMs = drainedMs(evidence.backlog, fault.healedMs, level)
  return atMs === undefined ? undefined : atMs - fault.healedMs
}

/** From the end of the load to an empty backlog. */
export function drainedAfterLoad(evidence: Evidence): Measured {
  const window = { ...evidence.assault, label: 'from the end of the load', fromMs: evidence.loadEndedMs }
  const later = evidence.backlog.filter(({ timeMs }) => timeMs >= evidence.loadEndedMs)
  const atMs = drainedMs(later, evidence.loadEndedMs, 0)
  return {
    window: { ...window, toMs: atMs ?? evidence.lastMs },
    value: atMs === undefined ? undefined : atMs - evidence.loadEndedMs,
    samples: later.length,
  }
}

function drainedAtLeast(evidence: Evidence, healedMs: number): number | undefined {
  const after = evidence.backlog.filter(({ timeMs }) => timeMs >= healedMs)
  const start = after[0]
  if (start === undefined || start.value === 0) return undefined
  const atMs = drainedMs(after, healedMs, 0)
  const end = after.find(({ timeMs }) => timeMs === atMs) ?? after.at(-1)
  if (end === undefined || end.timeMs <= start.timeMs) return undefined
  const seconds = (end.timeMs - start.timeMs) / 1_000
  const arrivedPerSecond = acceptedBetween(evidence, start.timeMs, end.timeMs) / seconds
  const spare = highestServiceRate(evidence, after) - arrivedPerSecond
  return spare <= 0 ? undefined : (start.value / spare) * 1_000
}

/** Carried out in a second = accepted in it, less what the backlog grew by; the highest of all pairs of readings. */
function highestServiceRate(evidence: Evidence, readings: readonly BacklogReading[]): number {
  let highest = 0
  for (let index = 1; index < readings.length; index += 1) {
    const [from, to] = [readings[index - 1], readings[index]] as [BacklogReading, BacklogReading]
    const seconds = (to.timeMs - from.timeMs) / 1_000
    if (seconds < 0.5) continue
    const accepted = acceptedBetween(evidence, from.timeMs, to.timeMs)
    highest = Math.max(highest, (accepted - (to.value - from.value)) / seconds)
  }
  return highest
}

function acceptedBetween(evidence: Evidence, fromMs: number, toMs: number): number {
  return evidence.arrivals.filter(({ end, endMs }) => end === 'accepted' && endMs >= fromMs && endMs < toMs)
    .length
}
