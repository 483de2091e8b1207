import type { Checker, CheckInProgress } from '../../../chaos/checkers/checker.ts'
import type { HistoryLine } from '../../../chaos/history/line.ts'

/** The broker has no more connections at the end than the replicas need: one to publish, one to consume. */
export const leaksNoConnection: Checker = {
  name: 'leaks-no-connection',
  promise: 'has no more connections to the broker at the end than before',
  begin: () => new Connections(),
}

class Connections implements CheckInProgress {
  readonly #seen: number[] = []

  see(line: HistoryLine): void {
    if (line.kind === 'observation' && line.name === 'connections') this.#seen.push(line.value)
  }

  end() {
    const [before = 0] = this.#seen
    const after = this.#seen.at(-1) ?? 0
    const leaked = Math.max(0, after - before)
    return {
      verdict: leaked > 0 ? ('fail' as const) : ('pass' as const),
      examined: this.#seen.length,
      counts: { before, after, leaked },
      examples: [],
      reasons:
        leaked > 0 ? [`${leaked} connections to the broker were leaked: ${before} became ${after}`] : [],
    }
  }
}
