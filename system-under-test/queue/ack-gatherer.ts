import type { Clock } from '../clock.ts'

export interface AckGathererOptions {
  readonly clock: Clock
  /** How many deliveries the broker hands over before the first of them is acknowledged. */
  readonly prefetch: number
  /** May throw: then the channel is closed, and whatever is not acknowledged yet is delivered again. */
  readonly ack: (tag: number, multiple: boolean) => void
}

// 5 ms: nobody waits for an acknowledgement, and the more go together the better.
const gatherMs = 5
// 50 ms: so long those that are done wait for one before them that is not. Then they go without it, each by itself.
const waitForOlderMs = 50
// A half: more places are not kept from new deliveries, however short the time. With fewer, those that are done while an older
// one is not would go alone more often.
const waitingShareMax = 1 / 2

/**
 * Acknowledges what was delivered over one channel, many at once as "all up to here", and only as far as all of them
 * are done. To a queue that is a log each acknowledgement is an entry of its own, and costs it what an order did.
 *
 *     tag     1 2 3 4 5 6 7
 *     done    ● ● ● ○ ● ● ○        "up to 3"; 5 and 6 wait for 4, and after a while go alone
 *
 * What is done and not acknowledged when the channel ends comes again, and is then found to be done.
 */
export class AckGatherer {
  readonly #options: AckGathererOptions
  readonly #waitingMax: number
  /** Not acknowledged yet, in the order in which they came, with the time at which each was done. */
  readonly #open = new Map<number, number | undefined>()
  /** How many of them are done. */
  #waiting = 0
  #gathering = false

  constructor(options: AckGathererOptions) {
    this.#options = options
    this.#waitingMax = Math.ceil(options.prefetch * waitingShareMax)
  }

  /** Once for each delivery, in the order in which they come: their tags only grow. */
  delivered(tag: number): void {
    this.#open.set(tag, undefined)
  }

  /** Once for each delivery that is done. */
  done(tag: number): void {
    this.#open.set(tag, this.#options.clock.nowMs())
    this.#waiting += 1
    if (this.#waiting >= this.#waitingMax) this.flush()
    else if (!this.#gathering) this.#gather()
  }

  /** Acknowledges all that is done. */
  flush(): void {
    this.#together()
    this.#each(0)
  }

  async #gather(): Promise<void> {
    this.#gathering = true
    while (this.#waiting > 0) {
      await this.#options.clock.sleep(gatherMs)
      this.#together()
      this.#each(waitForOlderMs)
    }
    this.#gathering = false
  }

  #together(): void {
    let last: number | undefined
    let count = 0
    for (const [tag, doneMs] of this.#open) {
      if (doneMs === undefined) break
      this.#forget(tag)
      last = tag
      count += 1
    }
    if (last !== undefined) this.#options.ack(last, count > 1)
  }

  /** One by one those that have waited so long. */
  #each(waitedMs: number): void {
    const untilMs = this.#options.clock.nowMs() - waitedMs
    for (const [tag, doneMs] of this.#open) {
      if (doneMs === undefined || doneMs > untilMs) continue
      this.#forget(tag)
      this.#options.ack(tag, false)
    }
  }

  #forget(tag: number): void {
    this.#open.delete(tag)
    this.#waiting -= 1
  }
}
