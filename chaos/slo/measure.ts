import type { ArrivalSeen } from './arrival-log.ts'
import { burnRate } from './burn-rate.ts'
import type { Evidence, Measured } from './evidence.ts'
import {
  amplification,
  availability,
  goodput,
  goodputBeforeFaults,
  responseTime,
  shed,
} from './indicators.ts'
import type { FaultInterval, Interval } from './intervals.ts'
import type { Objective } from './objective.ts'
import { countMoves, timeToReading } from './reading-log.ts'
import { drainedAfterLoad, lookedForNormalMs, timeToDrained, timeToNormal } from './recovery.ts'

/** Every reading of an objective: one for each of its windows. None where the run had no such window. */
export function measure(objective: Objective, whole: Evidence): readonly Measured[] {
  const evidence = ofGroup(whole, objective.group)
  const { indicator, exceptDuring = [] } = objective
  if (indicator.kind === 'time-to-normal') {
    return evidence.faults.map((fault) => ({
      ...afterHeal(fault, evidence, () => timeToNormal(evidence, fault)),
      lookedForMs: lookedForNormalMs(evidence, fault),
    }))
  }
  if (indicator.kind === 'time-to-drained') {
    if (objective.window.over !== 'each-fault') return [drainedAfterLoad(evidence)]
    return evidence.faults.map((fault) => afterHeal(fault, evidence, () => timeToDrained(evidence, fault)))
  }
  const except = evidence.faults.filter((fault) => exceptDuring.includes(fault.faultKind))
  const windows = windowsOf(objective, evidence).filter((window) => !except.some((left) => left === window))
  return windows.map((window) => {
    switch (indicator.kind) {
      case 'availability':
        return availability(evidence, window, except)
      case 'response-time':
        return responseTime(evidence, window, except, indicator.quantile)
      case 'shed':
        return shed(evidence, window, except)
      case 'amplification':
        return amplification(evidence, window, except, indicator.of)
      case 'goodput':
        return indicator.against === 'planned'
          ? goodput(evidence, window)
          : goodputBeforeFaults(evidence, window)
      case 'burn-rate':
        return burnRate(evidence, window, except, indicator)
      case 'time-to-reading':
        return timeToReading(evidence.readings, window, indicator.condition)
      case 'reading-turns':
      case 'reading-changes':
        return countMoves(evidence.readings, window, indicator)
      default:
        return indicator satisfies never
    }
  })
}

function ofGroup(evidence: Evidence, group: string | undefined): Evidence {
  if (group === undefined) return evidence
  const isOfGroup = (arrival: ArrivalSeen) => arrival.group === group || arrival.end === 'dropped'
  return { ...evidence, arrivals: evidence.arrivals.filter(isOfGroup) }
}

function afterHeal(fault: FaultInterval, evidence: Evidence, take: () => number | undefined): Measured {
  const { healedMs } = fault
  const window = { label: `after ${fault.label}`, fromMs: healedMs ?? fault.toMs, toMs: evidence.lastMs }
  return {
    window,
    value: healedMs === undefined ? undefined : take(),
    samples: healedMs === undefined ? 0 : 1,
  }
}

function windowsOf(objective: Objective, evidence: Evidence): readonly Interval[] {
  const { window } = objective
  switch (window.over) {
    case 'assault':
      return [evidence.assault]
    case 'load-phase':
      return evidence.timeline.phases
        .filter(({ name }) => name === window.phase)
        .map(({ name, fromMs, toMs }) => ({
          label: `the load's phase ${name}`,
          fromMs: evidence.loadStartedMs + fromMs,
          toMs: evidence.loadStartedMs + toMs,
        }))
    case 'each-fault':
      return evidence.faults
    case 'sliding':
      return slidingWindows(evidence, window.widthMs)
    default:
      return window satisfies never
  }
}

/** Steps of a quarter. When the set of active faults changes, the window starts anew: none reaches over a change. */
function slidingWindows(evidence: Evidence, widthMs: number): readonly Interval[] {
  const { fromMs, toMs } = evidence.assault
  const changes = evidence.faults
    .flatMap((fault) => [fault.fromMs, fault.toMs])
    .filter((timeMs) => timeMs > fromMs && timeMs < toMs)
  const edges = [fromMs, ...changes, toMs].sort((a, b) => a - b)
  return edges.slice(1).flatMap((end, index) => slideWithin(edges[index] as number, end, widthMs))
}

function slideWithin(fromMs: number, toMs: number, widthMs: number): readonly Interval[] {
  const windows: Interval[] = []
  for (let startMs = fromMs; startMs + widthMs <= toMs + 1e-6; startMs += widthMs / 4) {
    windows.push({ label: 'a sliding window', fromMs: startMs, toMs: startMs + widthMs })
  }
  return windows
}
