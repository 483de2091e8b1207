import type { FaultEvent, HistoryLine, OperationType, Phase } from '../history/line.ts'
import type { LoadTimeline } from '../system.ts'

/** A load of one steady rate, for tests. */
export function steadyTimeline(perSecond: number, durationMs: number): LoadTimeline {
  return {
    description: `${perSecond}/s`,
    durationMs,
    phases: [{ name: 'hold', fromMs: 0, toMs: durationMs }],
    arrivalsBetween: (fromMs, toMs) =>
      (Math.max(0, Math.min(toMs, durationMs) - Math.max(fromMs, 0)) * perSecond) / 1_000,
  }
}

/** What a test says of an arrival; everything else follows. */
export interface PlayedArrival {
  readonly intendedMs: number
  /** Whose order it is, where an objective asks. */
  readonly group?: string
  readonly startMs?: number
  readonly tookMs?: number
  readonly type?: Exclude<OperationType, 'invoke'>
  readonly status?: number
  /** Wrong on purpose, and how. */
  readonly wrong?: { readonly invalid: true } | { readonly expect: 'dead-letter' }
  /** Attempts before the last one, all shed. */
  readonly shedFirst?: number
}

/** Lines of a history as tests need them, written like sentences. */
export class PlayedHistory {
  readonly lines: HistoryLine[] = []
  #arrivals = 0

  arrival({
    intendedMs,
    startMs = intendedMs,
    tookMs = 1,
    type = 'ok',
    status = 202,
    shedFirst = 0,
    group = 'client',
    wrong,
  }: PlayedArrival): this {
    this.#arrivals += 1
    const id = `o-${this.#arrivals}`
    const common = { kind: 'op', process: `${group}/${this.#arrivals % 50}`, action: 'submit', id } as const
    for (let attempt = 1; attempt <= shedFirst + 1; attempt += 1) {
      const last = attempt === shedFirst + 1
      const atMs = startMs + attempt - 1
      this.lines.push({ ...common, timeMs: atMs, type: 'invoke', attempt, digest: 'd', intendedMs, ...wrong })
      this.lines.push({
        ...common,
        timeMs: last ? startMs + tookMs : atMs,
        type: last ? type : 'fail',
        attempt,
        status: last ? status : 503,
      })
    }
    return this
  }

  /** One arrival every `everyMs`; `what` says how each one goes. */
  steady(
    fromMs: number,
    toMs: number,
    everyMs: number,
    what: (intendedMs: number) => Partial<PlayedArrival> = () => ({}),
  ): this {
    const count = Math.round((toMs - fromMs) / everyMs)
    for (let index = 0; index < count; index += 1) {
      const intendedMs = fromMs + index * everyMs
      this.arrival({ intendedMs, ...what(intendedMs) })
    }
    return this
  }

  dropped(timeMs: number, count: number): this {
    this.lines.push({ kind: 'dropped', timeMs, count })
    return this
  }

  fault(fault: string, faultKind: string, times: Partial<Record<FaultEvent, number>>): this {
    for (const [event, timeMs] of Object.entries(times)) {
      this.lines.push({
        kind: 'fault',
        timeMs,
        event: event as FaultEvent,
        fault,
        faultKind,
        target: 'worker-1',
      })
    }
    return this
  }

  phase(phase: Phase, timeMs: number): this {
    this.lines.push({ kind: 'phase', timeMs, phase })
    return this
  }

  backlog(readings: Readonly<Record<number, number>>): this {
    for (const [timeMs, value] of Object.entries(readings)) {
      this.lines.push({ kind: 'observation', timeMs: Number(timeMs), name: 'queue-depth', value })
    }
    return this
  }
}
