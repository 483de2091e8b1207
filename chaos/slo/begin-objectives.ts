import type { HistoryLine } from '../history/line.ts'
import type { LoadTimeline } from '../system.ts'
import { ArrivalLog } from './arrival-log.ts'
import { BacklogLog } from './backlog-log.ts'
import type { Evidence } from './evidence.ts'
import { IntervalLog } from './intervals.ts'
import { judgeObjective } from './judge-objective.ts'
import type { Objective, ObjectiveResult } from './objective.ts'
import { ReadingLog } from './reading-log.ts'
import { type FaultRecovery, recoveryOf } from './recovery.ts'

/** Objectives while a history goes by. Lines are JSON-expanded: packed ones are expanded by the history's reader. */
export interface ObjectivesInProgress {
  see(line: HistoryLine): void
  /** One result an objective; none for those over each fault where no fault was injected. */
  end(): readonly ObjectiveResult[]
  /** How each injected fault was lived through, limit or not. */
  recovery(): readonly FaultRecovery[]
}

/**
 * Judges objectives over a history in one pass. `loadStartedMs` is when the load's time zero was, in ms since the run
 * began (RunningLoad.startedMs); it is asked at the end only. Where nobody knows it, the first arrival tells.
 */
export function beginObjectives(
  objectives: readonly Objective[],
  timeline: LoadTimeline,
  loadStartedMs: () => number | undefined,
): ObjectivesInProgress {
  const arrivals = new ArrivalLog()
  const intervals = new IntervalLog()
  const backlog = new BacklogLog()
  const readings = new ReadingLog()
  const gather = () =>
    evidenceOf({ arrivals, intervals, backlog, readings }, objectives, timeline, loadStartedMs())
  return {
    see(line) {
      arrivals.see(line)
      intervals.see(line)
      backlog.see(line)
      readings.see(line)
    },
    end() {
      const evidence = gather()
      return objectives.flatMap((objective) => judgeObjective(objective, evidence) ?? [])
    },
    recovery() {
      const evidence = gather()
      return evidence.faults.map((fault) => recoveryOf(evidence, fault))
    },
  }
}

interface Logs {
  readonly arrivals: ArrivalLog
  readonly intervals: IntervalLog
  readonly backlog: BacklogLog
  readonly readings: ReadingLog
}

function evidenceOf(
  { arrivals, intervals, backlog, readings }: Logs,
  objectives: readonly Objective[],
  timeline: LoadTimeline,
  startedMs: number | undefined,
): Evidence {
  const sorted = arrivals.arrivals.toSorted((a, b) => a.intendedMs - b.intendedMs)
  const loadStartedMs = startedMs ?? sorted[0]?.intendedMs ?? 0
  const loadEndedMs = loadStartedMs + timeline.durationMs
  const marked = intervals.assault()
  return {
    arrivals: sorted,
    faults: intervals.faults(),
    backlog: backlog.readings(),
    readings,
    timeline,
    loadStartedMs,
    loadEndedMs,
    // The mark that ends the assault comes some time after the last planned arrival.
    assault: {
      label: 'the assault',
      fromMs: marked?.fromMs ?? loadStartedMs,
      toMs: Math.min(marked?.toMs ?? loadEndedMs, loadEndedMs),
    },
    lastMs: intervals.lastMs,
    objectives,
    undelivered: undelivered(arrivals),
  }
}

function undelivered({ dropped, droppedMax }: ArrivalLog): string | undefined {
  if (droppedMax === undefined || dropped <= droppedMax) return undefined
  return `the load was not delivered: ${dropped} arrivals were dropped, and at most ${droppedMax} may be`
}
