import type { VirtualTime } from './virtual-time.ts'
import type { Serial } from './world.ts'

/**
 * Work that is done one after the other, in the order in which it is asked for. When it becomes faster or slower, so
 * does what waits already, as far as newcomers are concerned.
 */
export class SerialWork implements Serial {
  waited = 0
  readonly #time: VirtualTime
  #gapMs = 0
  #busyUntilMs = 0

  constructor(time: VirtualTime) {
    this.#time = time
  }

  get gapMs(): number {
    return this.#gapMs
  }

  set gapMs(gapMs: number) {
    const nowMs = this.#time.nowMs()
    const waitingMs = Math.max(0, this.#busyUntilMs - nowMs)
    this.#busyUntilMs = this.#gapMs === 0 ? 0 : nowMs + (waitingMs * gapMs) / this.#gapMs
    this.#gapMs = gapMs
  }

  /** Takes a turn, and says how long it is until that turn is over. */
  turnMs(): number {
    if (this.#gapMs === 0) return 0
    const nowMs = this.#time.nowMs()
    if (this.#busyUntilMs > nowMs) this.waited += 1
    this.#busyUntilMs = Math.max(nowMs, this.#busyUntilMs) + this.#gapMs
    return this.#busyUntilMs - nowMs
  }
}
