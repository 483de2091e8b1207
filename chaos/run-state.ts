import type { CheckResult } from './checkers/checker.ts'
import type { Phase } from './history/line.ts'
import type { ExitCode } from './kernel/exit-code.ts'
import type { Verdict } from './kernel/verdict.ts'
import type { PlayedFault } from './nemesis.ts'
import type { ObjectiveResult } from './slo/objective.ts'
import type { FaultRecovery } from './slo/recovery.ts'
import type { Reading } from './system.ts'

/** A promise and what became of it. */
export interface PromiseResult extends CheckResult {
  readonly name: string
  readonly promise: string
}

/** What is known of a run at any moment of it; the run record is made of this. Times in ms since the run began. */
export interface RunState {
  phases: { readonly phase: Phase; readonly timeMs: number }[]
  loadStartedMs: number | undefined
  /** True once the whole load was played by a generator that worked; until then no objective can be missed. */
  loadPlayed: boolean
  faults: readonly PlayedFault[]
  promises: readonly PromiseResult[]
  objectives: readonly ObjectiveResult[]
  /** How each injected fault was lived through. */
  recoveries: readonly FaultRecovery[]
  /** Whether the steady state came back after the heal; absent where the run never got there. */
  converged: (Reading & { readonly withinMs: number }) | undefined
  /** The public result of the history's judge. */
  result: Readonly<Record<string, unknown>> | undefined
  verdict: Verdict | undefined
  exitCode: ExitCode | undefined
  /** The verdict in one sentence with its reason. */
  sentence: string | undefined
  hops: Readonly<Record<string, number | null>>
  environment: Readonly<Record<string, string>>
  /** Whatever went wrong in the harness itself, or in what it needs; each makes the run unknown at least. */
  problems: string[]
  residue: readonly string[]
}

export function emptyRunState(): RunState {
  return {
    phases: [],
    loadStartedMs: undefined,
    loadPlayed: false,
    faults: [],
    promises: [],
    objectives: [],
    recoveries: [],
    converged: undefined,
    result: undefined,
    verdict: undefined,
    exitCode: undefined,
    sentence: undefined,
    hops: {},
    environment: {},
    problems: [],
    residue: [],
  }
}
