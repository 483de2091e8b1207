import type { HistoryLine } from '../history/line.ts'
import type { LoadTimeline } from '../system.ts'
import type { Objective, ObjectiveResult } from './objective.ts'

/** Objectives while a history goes by. Lines are JSON-expanded: packed ones are expanded by the history's reader. */
export interface ObjectivesInProgress {
  see(line: HistoryLine): void
  end(): readonly ObjectiveResult[]
}

/**
 * Judges objectives over a history in one pass. `loadStartedMs` is when the load's time zero was, in ms since the run
 * began (RunningLoad.startedMs); it may be handed in late, as a function, since it is known only while the run goes.
 */
export function beginObjectives(
  objectives: readonly Objective[],
  timeline: LoadTimeline,
  loadStartedMs: () => number | undefined,
): ObjectivesInProgress {
  void objectives
  void timeline
  void loadStartedMs
  throw new Error('not yet')
}
