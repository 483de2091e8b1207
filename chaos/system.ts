import type { Capability, Target } from './faults/target.ts'
import type { ObservationLine, TimedLine } from './history/line.ts'
import type { Clock } from './kernel/clock.ts'

/** A phase of the load, from its start to its end, counted from the start of the load. */
export interface LoadPhase {
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
}

/** What the harness needs to know of a load, whatever makes it. */
export interface LoadTimeline {
  readonly description: string
  readonly durationMs: number
  readonly phases: readonly LoadPhase[]
  /** Arrivals planned between two times; the whole load is (0, durationMs). */
  arrivalsBetween(fromMs: number, toMs: number): number
}

export interface RunContext {
  readonly runId: string
  readonly seed: string
  readonly experiment: string
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Milliseconds since the run began. */
  elapsedMs(): number
  /** The run record's folder; what is written there is kept. */
  readonly folder: string
  /** To be put on everything that the run makes: without them nobody may touch it, and nobody removes it. */
  readonly labels: Readonly<Record<string, string>>
  /** One line of progress for people. */
  progress(text: string): void
}

export interface LoadEnd {
  /** undefined if the generator did its work, else the reason why the load cannot be trusted. */
  readonly broken?: string
}

export interface RunningLoad {
  /** When the profile's time zero was, in ms since the run began. */
  readonly startedMs: number
  readonly ended: Promise<LoadEnd>
  /** Ends the load at once, keeping what was seen. Safe to call twice. */
  stop(): Promise<void>
}

/** Counts that others than the client keep, for the sum over the hops. */
export interface HopCounts {
  readonly acceptedByApi: number | undefined
  readonly confirmedByBroker: number | undefined
  readonly effectsInStore: number | undefined
}

export interface Reading {
  readonly ok: boolean
  /** What was seen: "2 of 2 API replicas ready, backlog 0". */
  readonly evidence: string
}

/** A started system. Disposing it removes everything that it made, faults included. */
export interface RunningSystem extends AsyncDisposable {
  readonly targets: readonly Target[]
  /** The steady-state hypothesis: everything answers, and nothing waits in the queue. */
  steadyState(signal: AbortSignal): Promise<Reading>
  /** Queue depth, unacknowledged, replicas, breaker states, memory. Taken every second; never throws for one that is away. */
  observe(): Promise<readonly ObservationLine[]>
  /** Starts the load; every line that it knows is handed over, in any order, before `ended` resolves. */
  startLoad(see: (line: TimedLine | string) => void): Promise<RunningLoad>
  /** Reads every place to its end: `read` and `read-complete` lines. A place that cannot be read has no `read-complete`. */
  finalRead(see: (line: TimedLine) => void, signal: AbortSignal): Promise<void>
  hopCounts(): Promise<HopCounts>
  /** Writes what every part printed to `logs/<name>.log` of the run's folder. */
  saveLogs(): Promise<void>
  /** Versions, image digests, limits, settings. */
  readonly environment: Readonly<Record<string, string>>
}

/** A target as it is known before anything starts: enough to refuse an impossible plan. */
export interface TargetDescription {
  readonly name: string
  readonly role: string
  readonly kind: Target['kind']
  readonly capabilities: ReadonlySet<Capability>
}

/** The recipe of a system under test. Nothing is running yet; `start` cleans up after itself when it fails. */
export interface System {
  readonly name: string
  readonly targets: readonly TargetDescription[]
  /** Ids of the load are this followed by a number; the history's first line carries it. */
  ledgerPrefix(runId: string): string
  start(context: RunContext): Promise<RunningSystem>
}
