import type { HistoryLine } from '../history/line.ts'
import type { LoadTimeline } from '../system.ts'
import { ArrivalLog } from './arrival-log.ts'
import type { Evidence } from './evidence.ts'
import { amplification, availability, goodput, responseTime, shed } from './indicators.ts'
import { ReadingLog } from './reading-log.ts'

/** What one phase of the load came to. Rates are a second, times ms; undefined where there was nothing to measure. */
export interface LoadStep {
  readonly phase: string
  readonly plannedPerSecond: number
  /** Orders accepted within the phase, whenever they were asked for. */
  readonly goodputPerSecond: number
  /** The same as a share of the orders that were planned for the phase. */
  readonly goodput: number | undefined
  readonly availability: number | undefined
  readonly responseMsP50: number | undefined
  readonly responseMsP99: number | undefined
  readonly shed: number | undefined
  readonly amplification: number | undefined
}

export interface LoadStepsInProgress {
  see(line: HistoryLine): void
  end(): readonly LoadStep[]
}

/** The figures of each phase of a load but its warm-up. Without `loadStartedMs` the first arrival says when the load began. */
export function beginLoadSteps(timeline: LoadTimeline, loadStartedMs?: number): LoadStepsInProgress {
  const log = new ArrivalLog()
  return {
    see: (line) => log.see(line),
    end() {
      const arrivals = log.arrivals.toSorted((a, b) => a.intendedMs - b.intendedMs)
      const startedMs = loadStartedMs ?? arrivals[0]?.intendedMs ?? 0
      const evidence = evidenceFor(timeline, startedMs, arrivals)
      return timeline.phases
        .filter(({ name }) => name !== 'warm-up')
        .map(({ name, fromMs, toMs }) => stepOf(evidence, name, startedMs + fromMs, startedMs + toMs))
    },
  }
}

function stepOf(evidence: Evidence, phase: string, fromMs: number, toMs: number): LoadStep {
  const window = { label: phase, fromMs, toMs }
  const seconds = (toMs - fromMs) / 1_000
  const good = goodput(evidence, window)
  const planned = evidence.timeline.arrivalsBetween(
    fromMs - evidence.loadStartedMs,
    toMs - evidence.loadStartedMs,
  )
  return {
    phase,
    plannedPerSecond: planned / seconds,
    goodputPerSecond: good.samples / seconds,
    goodput: good.value,
    availability: availability(evidence, window, []).value,
    responseMsP50: finite(responseTime(evidence, window, [], 0.5).value),
    responseMsP99: finite(responseTime(evidence, window, [], 0.99).value),
    shed: shed(evidence, window, []).value,
    amplification: amplification(evidence, window, [], undefined).value,
  }
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined
}

function evidenceFor(
  timeline: LoadTimeline,
  loadStartedMs: number,
  arrivals: Evidence['arrivals'],
): Evidence {
  const loadEndedMs = loadStartedMs + timeline.durationMs
  return {
    arrivals,
    faults: [],
    backlog: [],
    readings: new ReadingLog(),
    timeline,
    loadStartedMs,
    loadEndedMs,
    assault: { label: 'the load', fromMs: loadStartedMs, toMs: loadEndedMs },
    lastMs: loadEndedMs,
    objectives: [],
    undelivered: undefined,
  }
}
