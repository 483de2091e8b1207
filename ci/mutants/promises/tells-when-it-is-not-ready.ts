import type { Checker, CheckInProgress } from '../../../chaos/checkers/checker.ts'
import type { FaultLine, HistoryLine } from '../../../chaos/history/line.ts'

/** A closed connection is noticed at once; a look that began before it may end after it. */
const noticeMs = 1_500

/**
 * A replica whose way to the broker is cut says that it is not ready, for as long as that lasts, so that nobody who
 * looks at readiness sends it anything. Examined are the looks at it while its link was cut.
 */
export const tellsWhenItIsNotReady: Checker = {
  name: 'tells-when-it-is-not-ready',
  promise: 'says that it is not ready while it cannot reach the broker',
  begin: () => new Looks(),
}

class Looks implements CheckInProgress {
  /** Replicas that are cut off, and since when. */
  readonly #cutSinceMs = new Map<string, number>()
  #examined = 0
  #claims = 0

  see(line: HistoryLine): void {
    if (line.kind === 'fault' && line.faultKind === 'connection-cut') this.#seeFault(line)
    if (line.kind !== 'observation' || line.name !== 'ready') return
    const sinceMs = this.#cutSinceMs.get(line.labels?.replica ?? '')
    if (sinceMs === undefined || line.timeMs < sinceMs + noticeMs) return
    this.#examined += 1
    if (line.value === 1) this.#claims += 1
  }

  #seeFault({ event, target, timeMs }: FaultLine): void {
    const [replica = '', to] = target.split('->')
    if (to !== 'broker') return
    if (event === 'injected') this.#cutSinceMs.set(replica, timeMs)
    if (event === 'healing') this.#cutSinceMs.delete(replica)
  }

  end() {
    const [examined, claims] = [this.#examined, this.#claims]
    return {
      verdict: examined === 0 ? ('unknown' as const) : claims > 0 ? ('fail' as const) : ('pass' as const),
      examined,
      counts: { claims },
      examples: [],
      reasons:
        claims > 0
          ? [
              `in ${claims} of ${examined} looks a replica said that it was ready, though it could not reach the broker`,
            ]
          : examined === 0
            ? ['nobody looked at the readiness of a replica that was cut off from the broker']
            : [],
    }
  }
}
