import { createJudge, type JudgeOutcome } from '../../chaos/checkers/judge.ts'
import type { Experiment } from '../../chaos/experiment.ts'
import { readHistory } from '../../chaos/history/read-history.ts'
import { beginObjectives } from '../../chaos/slo/begin-objectives.ts'
import type { ObjectiveResult } from '../../chaos/slo/objective.ts'

export interface JudgedRun {
  readonly outcome: JudgeOutcome
  readonly objectives: readonly ObjectiveResult[]
}

/** Judges the history of a run's folder: the same file gives the same result at any time. */
export async function judgeRun(
  folder: string,
  experiment: Experiment,
  loadStartedMs: number | undefined,
): Promise<JudgedRun> {
  const judge = createJudge(experiment.promises)
  const objectives = beginObjectives(experiment.objectives, experiment.load, () => loadStartedMs)
  for await (const line of readHistory([folder])) {
    judge.see(line)
    objectives.see(line)
  }
  return { outcome: judge.end(), objectives: objectives.end() }
}
