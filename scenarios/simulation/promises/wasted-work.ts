import type { Checker, CheckInProgress } from '../../../chaos/checkers/checker.ts'
import type { HistoryLine } from '../../../chaos/history/line.ts'

const examplesMax = 10

/**
 * Of the orders whose callers left without an answer, at most this share is carried out: what is begun after a caller's
 * deadline helps nobody and takes the place of those who still wait. Examined are the orders of which every answer
 * stayed away; one that was published in time and confirmed too late is rightly among those that are stored.
 */
export function wastesAtMost(share: number): Checker {
  return {
    name: 'wasted-work',
    promise: `carries out at most ${share * 100} % of the orders whose callers have left`,
    begin: () => new WastedWork(share),
  }
}

class WastedWork implements CheckInProgress {
  readonly #share: number
  readonly #left = new Set<string>()
  readonly #answered = new Set<string>()
  readonly #stored = new Set<string>()

  constructor(share: number) {
    this.#share = share
  }

  see(line: HistoryLine): void {
    if (line.kind === 'read' && line.place === 'store') this.#stored.add(line.id)
    if (line.kind !== 'op' || line.action !== 'submit') return
    if (line.type === 'info') this.#left.add(line.id)
    if (line.type === 'ok' || line.type === 'fail') this.#answered.add(line.id)
  }

  end() {
    const left = this.#left.difference(this.#answered)
    const wasted = [...left.intersection(this.#stored)]
    const isBroken = wasted.length > this.#share * left.size
    const said = `${wasted.length} of ${left.size} orders were carried out though their callers had left`
    return {
      verdict: isBroken ? ('fail' as const) : ('pass' as const),
      examined: left.size,
      counts: { wasted: wasted.length },
      examples: isBroken ? wasted.slice(0, examplesMax) : [],
      reasons: isBroken ? [said] : [],
    }
  }
}
