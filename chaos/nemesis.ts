import type { Fault } from './faults/fault.ts'
import type { Target } from './faults/target.ts'
import type { FaultLine } from './history/line.ts'
import type { Clock } from './kernel/clock.ts'
import { Injection } from './nemesis/injection.ts'
import { worldOf } from './nemesis/world.ts'
import type { UndoJournal } from './safety/undo-journal.ts'
import type { BlastRadius, ScheduledFault } from './schedule/schedule.ts'

export interface PlayOptions {
  readonly schedule: readonly ScheduledFault[]
  readonly targets: readonly Target[]
  /** Asserted again at each injection, since some targets are only chosen while it plays. */
  readonly blastRadius: BlastRadius
  /** Makes the fault of a scheduled one on the target that was chosen for it. */
  makeFault(scheduled: ScheduledFault, target: Target): Fault
  readonly clock: Clock
  /** Milliseconds since the run began; the stamp of every line and of the report. */
  elapsedMs(): number
  /** When the load's time zero was, in milliseconds since the run began. */
  readonly loadStartedMs: number
  /** Takes each fault line as it happens. */
  see(line: FaultLine): void
  readonly journal: UndoJournal
  /** The newest value of a reading that a condition waits for; undefined while there is none. */
  readings(name: string): Promise<number | undefined>
  /** Aborting it ends the assault: nothing more is injected, and everything is healed, newest first. */
  readonly signal: AbortSignal
}

/** What became of one scheduled fault. Times are in milliseconds since the run began. */
export interface PlayedFault {
  readonly id: string
  readonly kind: string
  /** The name of the target; the role, where none was ever chosen. */
  readonly target: string
  readonly describe: string
  /** From the start of the load; absent where a condition decides. */
  readonly plannedAtMs?: number
  readonly plannedForMs: number
  /** When the injection began, and when it was in. */
  readonly injectingMs?: number
  readonly injectedMs?: number
  readonly feltMs?: number
  readonly healedMs?: number
  readonly felt: boolean
  readonly evidence: string
  /** Why it was not played as planned, in words. */
  readonly error?: string
  readonly options: Readonly<Record<string, unknown>>
}

/** A fault that is still in, after every try to heal it. */
export interface HealFailure {
  readonly fault: string
  readonly kind: string
  readonly target: string
  readonly error: string
  /** The command that heals it by hand. */
  readonly byHand: string
}

export interface NemesisReport {
  /** One for each scheduled fault, in the order of the schedule. */
  readonly faults: readonly PlayedFault[]
  /** Not empty: the run exits 70, whatever its verdict. */
  readonly healFailed: readonly HealFailure[]
  /**
   * What went wrong in the harness itself while it played: a journal or a history that could not be written.
   * Everything was healed all the same. Not empty: the run exits 70.
   */
  readonly problems: readonly string[]
}

/**
 * Plays the schedule, and resolves when every fault is healed: at its own time, or, as soon as the signal is aborted
 * or the harness itself fails, newest first. Never rejects: what went wrong is in the report.
 */
export async function playFaults(options: PlayOptions): Promise<NemesisReport> {
  const world = worldOf(options)
  const injections = options.schedule.map((scheduled) => new Injection(scheduled, world))
  await Promise.all(injections.map((injection) => injection.play()))
  for (const injection of [...world.active].reverse()) await injection.heal()
  for (const injection of [...world.active].reverse()) await injection.healAgain()
  return {
    faults: injections.map((injection) => injection.played),
    healFailed: injections.flatMap((injection) => injection.healFailure ?? []),
    problems: world.problems,
  }
}
