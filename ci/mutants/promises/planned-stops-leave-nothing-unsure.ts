import type { Checker, CheckInProgress } from '../../../chaos/checkers/checker.ts'
import type { HistoryLine } from '../../../chaos/history/line.ts'

const examplesMax = 10

interface Attempt {
  readonly id: string
  readonly fromMs: number
  readonly toMs: number
  readonly isUnsure: boolean
}

/**
 * A replica that is asked to end answers what it had let in. Examined are the attempts that were on their way when a
 * `container-stop` began; those that came later may have found nobody there, which is the load balancer's business.
 * Attempts are held in memory: it is for the small loads of the mutants.
 */
export const plannedStopsLeaveNothingUnsure: Checker = {
  name: 'planned-restarts-leave-nothing-unsure',
  promise: 'leaves no client in doubt who had asked before a replica was asked to end',
  begin: () => new Stops(),
}

class Stops implements CheckInProgress {
  readonly #stopsMs: number[] = []
  readonly #invokedMs = new Map<string, number>()
  /** The client tells of an attempt when it has ended, so the order of the lines says nothing about that of the times. */
  readonly #attempts: Attempt[] = []

  see(line: HistoryLine): void {
    if (line.kind === 'fault' && line.faultKind === 'container-stop' && line.event === 'injecting') {
      this.#stopsMs.push(line.timeMs)
    }
    if (line.kind !== 'op' || line.action !== 'submit') return
    const { id, timeMs: toMs } = line
    const name = `${id} ${line.attempt}`
    if (line.type === 'invoke') {
      this.#invokedMs.set(name, toMs)
      return
    }
    const fromMs = this.#invokedMs.get(name)
    this.#invokedMs.delete(name)
    if (fromMs !== undefined) this.#attempts.push({ id, fromMs, toMs, isUnsure: line.type === 'info' })
  }

  end() {
    const onTheirWay = this.#attempts.filter(({ fromMs, toMs }) =>
      this.#stopsMs.some((stopMs) => fromMs < stopMs && stopMs < toMs),
    )
    const unsure = onTheirWay.filter(({ isUnsure }) => isUnsure)
    return resultOf(
      onTheirWay.length,
      unsure.map(({ id }) => id),
    )
  }
}

function resultOf(examined: number, unsure: readonly string[]) {
  const counts = { unsure: unsure.length }
  const examples = unsure.slice(0, examplesMax)
  if (unsure.length > 0) {
    const reason = `${unsure.length} of ${examined} attempts were left in doubt by a planned stop`
    return { verdict: 'fail' as const, examined, counts, examples, reasons: [reason] }
  }
  if (examined > 0) return { verdict: 'pass' as const, examined, counts, examples, reasons: [] }
  const reason = 'nothing was on its way when a replica was asked to end'
  return { verdict: 'unknown' as const, examined, counts, examples, reasons: [reason] }
}
