import type { Random } from '../../chaos/kernel/random.ts'
import type { VirtualTime } from './virtual-time.ts'

/** The way between two parts, as it is now. Faults change it; the adapters' hooks and the client ask it. */
export class Link {
  readonly name: string
  readonly #time: VirtualTime
  readonly #random: Random
  readonly #onReset: () => void
  /** New connections are refused. */
  isCut = false
  delayMs = 0
  jitterMs = 0.5
  /** Share of the answers that are lost though the question arrived. */
  lostAnswers = 0
  /** How many bytes of what is published fit through in a millisecond. */
  bytesPerMs = Number.POSITIVE_INFINITY
  /** Nothing arrives before this time; what is sent meanwhile arrives then, if its connection lives so long. */
  #stalledUntilMs = 0
  /** How much the faults have touched so far: the proof that they were felt. */
  touched = 0

  constructor(name: string, time: VirtualTime, random: Random, onReset: () => void) {
    this.name = name
    this.#time = time
    this.#random = random
    this.#onReset = onReset
  }

  /** How long the next message is on its way. */
  crossingMs(): number {
    const stalledMs = Math.max(0, this.#stalledUntilMs - this.#time.nowMs())
    if (stalledMs > 0 || this.delayMs > 0) this.touched += 1
    return stalledMs + 0.2 + this.delayMs + this.#random.next() * this.jitterMs
  }

  /** How long so many bytes keep those behind them waiting. */
  sendMs(bytes: number): number {
    const takesMs = bytes / this.bytesPerMs
    if (takesMs > 0) this.touched += 1
    return takesMs
  }

  isStalled(): boolean {
    return this.#time.nowMs() < this.#stalledUntilMs
  }

  /** Asked once for each connect: is it refused? */
  refuses(): boolean {
    if (this.isCut) this.touched += 1
    return this.isCut
  }

  losesAnswer(): boolean {
    const loses = this.lostAnswers > 0 && this.#random.next() < this.lostAnswers
    if (loses) this.touched += 1
    return loses
  }

  stall(forMs: number): void {
    this.#stalledUntilMs = this.#time.nowMs() + forMs
  }

  /** Ends every connection; what is on its way is lost. */
  reset(): void {
    this.touched += 1
    this.#onReset()
  }
}
