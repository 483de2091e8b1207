import type { JudgeOutcome } from '../../chaos/checkers/judge.ts'
import { judgeFiles } from '../../chaos/checkers/judge-files.ts'
import type { Experiment } from '../../chaos/experiment.ts'
import { historyFiles } from '../../chaos/history/read-history.ts'
import { beginObjectives } from '../../chaos/slo/begin-objectives.ts'
import type { ObjectiveResult } from '../../chaos/slo/objective.ts'
import type { FaultRecovery } from '../../chaos/slo/recovery.ts'

export interface JudgedRun {
  readonly outcome: JudgeOutcome
  readonly objectives: readonly ObjectiveResult[]
  readonly recoveries: readonly FaultRecovery[]
}

/** Judges the history of a run's folder: the same file gives the same result at any time. */
export async function judgeRun(
  folder: string,
  experiment: Experiment,
  loadStartedMs: number | undefined,
): Promise<JudgedRun> {
  const objectives = beginObjectives(experiment.objectives, experiment.load, () => loadStartedMs)
  const outcome = await judgeFiles(historyFiles([folder]), {
    checkers: experiment.promises,
    alsoSee: (line) => objectives.see(line),
  })
  return { outcome, objectives: objectives.end(), recoveries: objectives.recovery() }
}
