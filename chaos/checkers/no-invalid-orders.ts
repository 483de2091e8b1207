import type { HistoryLine, OperationLine } from '../history/line.ts'
import type { Checker, CheckInProgress, CheckResult } from './checker.ts'
import { resultOfPromise } from './further-promise.ts'

/**
 * What is wrong on purpose is refused. Examined are those of such submits that were answered with yes or no; without
 * one, unknown: it is a promise for loads that send enough of them.
 */
export function noInvalidOrders(): Checker {
  return {
    name: 'no-invalid-orders',
    promise: 'accepts no order that is wrong on purpose',
    begin: () => new Invalid(),
  }
}

class Invalid implements CheckInProgress {
  readonly #open = new Set<string>()
  readonly #accepted: string[] = []
  #answered = 0

  see(line: HistoryLine): void {
    if (line.kind !== 'op' || line.action !== 'submit') return
    if (line.type === 'invoke') {
      if (line.invalid === true) this.#open.add(keyOf(line))
      // Nearly all orders are in order: of their ends nothing is looked up while none of the others is on its way.
    } else if (this.#open.size > 0 && this.#open.delete(keyOf(line))) this.#finish(line)
  }

  #finish({ type, id }: OperationLine): void {
    if (type === 'info') return
    this.#answered += 1
    if (type === 'ok') this.#accepted.push(id)
  }

  end(): CheckResult {
    return resultOfPromise({
      examined: this.#answered,
      counted: 'accepted',
      broken: this.#accepted,
      reason: (count) => `${count} order(s) that were wrong on purpose were accepted`,
      nothing: 'no order that was wrong on purpose was answered',
    })
  }
}

const keyOf = ({ process, id, attempt }: OperationLine) => JSON.stringify([process, id, attempt])
