import type { FaultLine, HistoryLine, PhaseLine } from '../history/line.ts'

/** A stretch of the run in ms since it began, with words for people. */
export interface Interval {
  readonly label: string
  readonly fromMs: number
  readonly toMs: number
}

/** One fault as it was played. */
export interface FaultInterval extends Interval {
  readonly fault: string
  readonly faultKind: string
  readonly target: string
  readonly feltMs: number | undefined
  /** undefined where the history has no heal: it lasted to the end. */
  readonly healedMs: number | undefined
}

/** When which faults were in, and when the assault was, from the marks of the history. */
export class IntervalLog {
  readonly #faults = new Map<string, { injected?: FaultLine; feltMs?: number; healedMs?: number }>()
  readonly #phases: PhaseLine[] = []
  lastMs = 0

  see(line: HistoryLine): void {
    if (line.kind === 'run') return
    this.lastMs = Math.max(this.lastMs, line.timeMs)
    if (line.kind === 'phase') this.#phases.push(line)
    if (line.kind === 'fault') this.#fault(line)
  }

  #fault(line: FaultLine): void {
    const known = this.#faults.get(line.fault) ?? {}
    if (line.event === 'injected') known.injected ??= line
    if (line.event === 'felt') known.feltMs ??= line.timeMs
    if (line.event === 'healed') known.healedMs = line.timeMs
    this.#faults.set(line.fault, known)
  }

  /** Injected ones, in order of their injection. */
  faults(): readonly FaultInterval[] {
    const intervals = [...this.#faults.values()].flatMap(({ injected, feltMs, healedMs }) => {
      if (injected === undefined) return []
      const { fault, faultKind, target, timeMs: fromMs } = injected
      const label = `fault ${fault} (${faultKind} on ${target})`
      return [{ label, fromMs, toMs: healedMs ?? this.lastMs, fault, faultKind, target, feltMs, healedMs }]
    })
    return intervals.sort((a, b) => a.fromMs - b.fromMs)
  }

  /** From the mark of the assault to the next mark; undefined where the history has none. */
  assault(): Interval | undefined {
    const index = this.#phases.findIndex((line) => line.phase === 'assault')
    const mark = this.#phases[index]
    if (mark === undefined) return undefined
    return {
      label: 'the assault',
      fromMs: mark.timeMs,
      toMs: this.#phases[index + 1]?.timeMs ?? this.lastMs,
    }
  }
}
