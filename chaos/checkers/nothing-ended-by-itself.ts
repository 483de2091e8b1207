import { endedByItself, watchedForEnds } from '../history/ends.ts'
import type { FaultLine, HistoryLine, ObservationLine } from '../history/line.ts'
import type { Checker, CheckInProgress, CheckResult } from './checker.ts'

/** Faults that take from their target what it lives on: the kernel, or the target itself, may end it meanwhile. */
const mayEndTheirTarget: ReadonlySet<string> = new Set([
  'memory-limit',
  'memory-stress',
  'disk-full',
  'power-lost',
])

interface Window {
  readonly target: string
  readonly fromMs: number
  toMs: number
}

/**
 * No container ends but by a fault, or because somebody stopped it: none crashes, and none grows until the kernel kills
 * it. Examined are the containers that were watched to the end; where none was, or not to the end: unknown.
 */
export function nothingEndedByItself(): Checker {
  return {
    name: 'nothing-ended-by-itself',
    promise: 'ends no part of itself that nobody asked to end',
    begin: () => new Ends(),
  }
}

class Ends implements CheckInProgress {
  #watched = 0
  readonly #ends: ObservationLine[] = []
  readonly #windows = new Map<string, Window>()

  see(line: HistoryLine): void {
    if (line.kind === 'fault' && mayEndTheirTarget.has(line.faultKind)) this.#seeFault(line)
    if (line.kind !== 'observation') return
    if (line.name === watchedForEnds) this.#watched += line.value
    if (line.name === endedByItself) this.#ends.push(line)
  }

  #seeFault({ event, fault, target, timeMs }: FaultLine): void {
    const window = this.#windows.get(fault)
    if (window === undefined)
      this.#windows.set(fault, { target, fromMs: timeMs, toMs: Number.POSITIVE_INFINITY })
    else if (event === 'healed') window.toMs = timeMs
  }

  end(): CheckResult {
    const ends = this.#ends.filter((end) => !this.#isAllowed(end))
    const verdict = ends.length > 0 ? 'fail' : this.#watched > 0 ? 'pass' : 'unknown'
    return {
      verdict,
      examined: Math.max(this.#watched, ends.length),
      counts: { ended: ends.length, allowed: this.#ends.length - ends.length },
      examples: [...new Set(ends.map(targetOf))],
      reasons:
        verdict === 'pass'
          ? []
          : [verdict === 'fail' ? ends.map(inWords).join('; ') : 'no container was watched to the end'],
    }
  }

  #isAllowed(end: ObservationLine): boolean {
    return [...this.#windows.values()].some(
      ({ target, fromMs, toMs }) => target === targetOf(end) && fromMs <= end.timeMs && end.timeMs <= toMs,
    )
  }
}

const targetOf = ({ labels }: ObservationLine) => labels?.target ?? 'a container'

function inWords(end: ObservationLine): string {
  const cause = end.labels?.cause ?? `with exit code ${end.value}`
  return `${targetOf(end)} ended by itself, ${cause}, ${(end.timeMs / 1_000).toFixed(1)} s into the run`
}
