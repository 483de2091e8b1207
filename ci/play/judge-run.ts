import type { JudgeOutcome } from '../../chaos/checkers/judge.ts'
import { judgeFiles } from '../../chaos/checkers/judge-files.ts'
import { furtherCheckers } from '../../chaos/checkers/list.ts'
import type { Experiment } from '../../chaos/experiment.ts'
import { historyFiles } from '../../chaos/history/read-history.ts'
import { beginObjectives } from '../../chaos/slo/begin-objectives.ts'
import { beginAlerts } from '../../chaos/slo/judge-alerts.ts'
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
  const alerts = beginAlerts(experiment.alerts)
  const outcome = await judgeFiles(historyFiles([folder]), {
    checkers: [...experiment.promises, furtherCheckers.nothingEndedByItself()],
    alsoSee: (line) => {
      objectives.see(line)
      alerts.see(line)
    },
  })
  const promises = [...outcome.promises, ...alerts.end()]
  return {
    outcome: { ...outcome, promises },
    objectives: objectives.end(),
    recoveries: objectives.recovery(),
  }
}
