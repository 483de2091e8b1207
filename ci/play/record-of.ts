import type { RunState } from '../../chaos/run-state.ts'
import type { FaultRecovery } from '../../chaos/slo/recovery.ts'
import type { LoadTimeline } from '../../chaos/system.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import type { PlayOptions } from './play-run.ts'

export interface RunFacts extends PlayOptions {
  readonly runId: string
  readonly startedAt: Date
}

/** The run record of what is known at this moment; `endedAt` says that it is the last one. */
export function recordOf(facts: RunFacts, state: RunState, endedAt: Date | undefined): RunRecord {
  const { experiment, seed } = facts.plan
  const { load } = experiment
  return {
    format: 'seawall-run',
    version: 1,
    runId: facts.runId,
    experiment: experiment.name,
    question: experiment.question,
    system: facts.system.name,
    ...(facts.mutant === undefined ? {} : { mutant: facts.mutant }),
    seed,
    startedAt: facts.startedAt.toISOString(),
    ...(endedAt === undefined ? {} : { endedAt: endedAt.toISOString() }),
    commit: facts.commit,
    replay: facts.replay,
    load: {
      description: load.description,
      durationMs: load.durationMs,
      startedMs: state.loadStartedMs,
      plannedArrivals: Math.round(load.arrivalsBetween(0, load.durationMs)),
      plannedPerSecond: perSecond(load),
      phases: [...load.phases],
    },
    phases: [...state.phases],
    verdict: state.verdict,
    exitCode: state.exitCode,
    sentence: state.sentence,
    result: state.result === undefined ? undefined : { ...state.result },
    promises: state.promises.map((promise) => ({
      ...promise,
      counts: { ...promise.counts },
      examples: [...promise.examples],
      reasons: [...promise.reasons],
    })),
    objectives: state.objectives.map((objective) => ({ ...objective, reasons: [...objective.reasons] })),
    faults: state.faults.map((fault) => ({ ...fault, options: { ...fault.options } })),
    recoveries: state.recoveries.map(withoutGaps),
    converged: state.converged,
    hops: { ...state.hops },
    residue: [...state.residue],
    problems: [...state.problems],
    environment: { ...state.environment },
  }
}

function perSecond({ durationMs, arrivalsBetween }: LoadTimeline): number[] {
  const seconds = Math.ceil(durationMs / 1_000)
  return Array.from({ length: seconds }, (_, second) =>
    arrivalsBetween(second * 1_000, Math.min(durationMs, (second + 1) * 1_000)),
  )
}

/** What did not happen is left out of a record, not written down as nothing. */
function withoutGaps(recovery: FaultRecovery): { fault: string } {
  const known = Object.entries(recovery).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(known), fault: recovery.fault }
}
