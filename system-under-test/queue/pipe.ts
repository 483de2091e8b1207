import type { Clock } from '../clock.ts'

interface Sent {
  readonly atMs: number
  readonly occupiesMs: () => number
  readonly arrive: () => void
}

/** One direction of a link: what is sent arrives later, in the order in which it was sent, or never. */
export class Pipe {
  readonly #clock: Clock
  readonly #waiting: Sent[] = []
  #lastMs = Number.NEGATIVE_INFINITY
  #running = false
  #cut = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `occupiesMs` is asked when its turn comes: for so long it is on the link alone, and those behind it wait. */
  send(delayMs: number, arrive: () => void, occupiesMs: () => number = () => 0): void {
    if (this.#cut) return
    this.#lastMs = Math.max(this.#lastMs, this.#clock.nowMs() + delayMs)
    this.#waiting.push({ atMs: this.#lastMs, occupiesMs, arrive })
    if (!this.#running) this.#run()
  }

  /** Whatever is on its way is lost, and so is all that is sent from now on. */
  cut(): void {
    this.#cut = true
    this.#waiting.length = 0
  }

  async #run(): Promise<void> {
    this.#running = true
    // Never within the call of `send`: no link is that fast.
    await Promise.resolve()
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const leftMs = next.atMs - this.#clock.nowMs()
      if (leftMs > 0) await this.#clock.sleep(leftMs)
      const aloneMs = this.#waiting[0] === next ? next.occupiesMs() : 0
      if (aloneMs > 0) await this.#clock.sleep(aloneMs)
      // The link may have been cut meanwhile, and then nothing waits any more.
      if (this.#waiting[0] === next) {
        this.#waiting.shift()
        next.arrive()
      }
    }
    this.#running = false
  }
}
