import type { LoadTimeline } from '../system.ts'
import type { ArrivalSeen } from './arrival-log.ts'
import type { BacklogReading } from './backlog-log.ts'
import type { FaultInterval, Interval } from './intervals.ts'
import type { Objective } from './objective.ts'
import type { ReadingLog } from './reading-log.ts'

/** Everything that objectives are judged by, once the whole history was seen. */
export interface Evidence {
  /** In order of their intended starts. */
  readonly arrivals: readonly ArrivalSeen[]
  readonly faults: readonly FaultInterval[]
  readonly backlog: readonly BacklogReading[]
  readonly readings: ReadingLog
  readonly timeline: LoadTimeline
  /** When the profile's time zero was, ms since the run began. */
  readonly loadStartedMs: number
  readonly loadEndedMs: number
  readonly assault: Interval
  /** The end of the history. */
  readonly lastMs: number
  readonly objectives: readonly Objective[]
  /** Why the load was another one than planned, in words; undefined if it was delivered. */
  readonly undelivered: string | undefined
}

/** A reading of an indicator over one window. */
export interface Measured {
  readonly window: Interval
  /** undefined where there is nothing to measure; Infinity for a time that never came. */
  readonly value: number | undefined
  readonly samples: number
  /** For a time that did not come: how long it was looked for; as long as the window if left out. */
  readonly lookedForMs?: number
  /** A response time from when the order was really sent, beside the value from when it was meant to be. */
  readonly fromActualStart?: number
  /** Said beside the value, in words. */
  readonly note?: string
}

/** The arrivals of a window by their intended start, without those that a left-out interval touched. */
export function arrivalsIn(
  evidence: Evidence,
  window: Interval,
  except: readonly Interval[],
): readonly ArrivalSeen[] {
  const { arrivals } = evidence
  const within = arrivals.slice(
    firstAt(arrivals, window.fromMs),
    firstAt(arrivals, Math.max(window.fromMs, window.toMs)),
  )
  if (except.length === 0) return within
  return within.filter(
    (arrival) =>
      !except.some((left) => arrival.intendedMs < left.toMs && endOf(arrival, evidence) > left.fromMs),
  )
}

function endOf(arrival: ArrivalSeen, evidence: Evidence): number {
  return Number.isFinite(arrival.endMs) ? arrival.endMs : evidence.lastMs
}

/** The index of the first arrival that was intended at or after a time. */
function firstAt(arrivals: readonly ArrivalSeen[], timeMs: number): number {
  let low = 0
  let high = arrivals.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((arrivals[middle] as ArrivalSeen).intendedMs < timeMs) low = middle + 1
    else high = middle
  }
  return low
}
