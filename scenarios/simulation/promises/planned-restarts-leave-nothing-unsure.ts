import type { Checker, CheckInProgress } from '../../../chaos/checkers/checker.ts'
import type { HistoryLine } from '../../../chaos/history/line.ts'

const examplesMax = 10

/**
 * A process that is asked to end answers what it let in, and refuses the rest: no client is left in doubt. Examined
 * are the attempts that were open while a `process-stop` was in.
 */
export const plannedRestartsLeaveNothingUnsure: Checker = {
  name: 'planned-restarts-leave-nothing-unsure',
  promise: 'leaves no client in doubt when a replica is asked to end',
  begin: () => new Restarts(),
}

class Restarts implements CheckInProgress {
  #stopping = 0
  #examined = 0
  readonly #unsure: string[] = []

  see(line: HistoryLine): void {
    if (line.kind === 'fault' && line.faultKind === 'process-stop') {
      if (line.event === 'injecting') this.#stopping += 1
      if (line.event === 'healed') this.#stopping -= 1
    }
    if (line.kind !== 'op' || line.type === 'invoke' || this.#stopping === 0) return
    this.#examined += 1
    if (line.type === 'info') this.#unsure.push(line.id)
  }

  end() {
    const count = this.#unsure.length
    return {
      verdict: count > 0 ? ('fail' as const) : ('pass' as const),
      examined: this.#examined,
      counts: { unsure: count },
      examples: this.#unsure.slice(0, examplesMax),
      reasons: count > 0 ? [`${count} attempts were left in doubt by a planned restart`] : [],
    }
  }
}
