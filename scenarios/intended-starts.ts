import { arrivalsOf } from './profiles/arrivals.ts'
import type { LoadProfile } from './profiles/load-profile.ts'

/**
 * When the arrivals were really due. It is told what the generator's clients wrote (the due time of iteration n as if
 * nothing had been dropped, from the scenario's start) and how many arrivals had been dropped until when, and says
 * which arrival an iteration was.
 */
export interface IntendedStarts {
  /** The scenario's start, ms since the run began. Told once, before anything is asked. */
  begin(scenarioStartMs: number): void
  /** An iteration began: it cannot have begun before it was due. */
  start(writtenMs: number, invokeMs: number): void
  /** So many arrivals had been dropped by then; told in order of time. */
  tick(timeMs: number, dropped: number): void
  /** True if a tick at or after this time is known. */
  isSettled(invokeMs: number): boolean
  intendedMs(writtenMs: number, invokeMs: number): number
  /** The number of the iteration that wrote this due time. */
  indexOf(writtenMs: number): number
  /** Numbers of the iterations that can have been started by then, in order. */
  dueBy(timeMs: number): readonly number[]
  dueMs(index: number): number
  dropped(): number
}

export function intendedStarts(profile: LoadProfile): IntendedStarts {
  const arrivals = arrivalsOf(profile)
  const ticks: { timeMs: number; dropped: number }[] = []
  let scenarioStartMs = 0
  // Between the scenario's start and the profile's time zero all virtual users are made ready.
  let leadMs = Number.POSITIVE_INFINITY
  const zeroMs = () => scenarioStartMs + (Number.isFinite(leadMs) ? Math.max(0, leadMs) : 0)
  const dropped = () => ticks.at(-1)?.dropped ?? 0
  const indexOf = (writtenMs: number) => Math.round(arrivals.integral(writtenMs - scenarioStartMs)) - 1
  const due = (index: number) => zeroMs() + (arrivals.timeMs(index) ?? arrivals.durationMs)
  const arrivalsUntil = (timeMs: number) =>
    Math.min(arrivals.count, Math.floor(arrivals.integral(timeMs - zeroMs()) + 1e-6))

  /** The fewest and the most that can have been dropped before a time: the counts at the ticks around it. */
  const droppedAround = (timeMs: number): readonly [number, number] => {
    const after = ticks.findIndex((tick) => tick.timeMs >= timeMs)
    if (after === -1) return [dropped(), dropped()]
    return [ticks[after - 1]?.dropped ?? 0, (ticks[after] as { dropped: number }).dropped]
  }

  return {
    begin(startMs) {
      scenarioStartMs = startMs
    },
    start(writtenMs, invokeMs) {
      leadMs = Math.min(leadMs, invokeMs - writtenMs)
    },
    tick(timeMs, count) {
      ticks.push({ timeMs, dropped: count })
    },
    isSettled: (invokeMs) => (ticks.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY) >= invokeMs,
    intendedMs(writtenMs, invokeMs) {
      const index = indexOf(writtenMs)
      const [fewest, most] = droppedAround(invokeMs)
      // It began by then, so it was due by then: no more can have been dropped than that leaves room for.
      const room = arrivalsUntil(invokeMs) - 1 - index
      return due(index + Math.max(fewest, Math.min(room, most)))
    },
    indexOf,
    dueBy(timeMs) {
      const count = Math.max(0, arrivalsUntil(timeMs) - dropped())
      return Array.from({ length: count }, (_, index) => index)
    },
    dueMs: (index) => due(index + dropped()),
    dropped,
  }
}
