import type { Clock } from './clock.ts'

interface Sleeper {
  readonly atMs: number
  readonly wake: () => void
}

/** Time for tests: it stands still until it is told to go on. */
export class ManualClock implements Clock {
  #nowMs = 0
  #sleepers: Sleeper[] = []

  nowMs(): number {
    return this.#nowMs
  }

  wallTime(): Date {
    return new Date(this.#nowMs)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const sleeper = { atMs: this.#nowMs + Math.max(0, ms), wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper)
        reject(signal.reason)
      })
    })
  }

  /** Lets so much time pass, and everything happen that is due in it, each at its own time. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    for (;;) {
      await everythingSettled()
      const next = this.#earliest()
      if (next === undefined || next.atMs > untilMs) break
      this.#sleepers = this.#sleepers.filter((each) => each !== next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.wake()
    }
    this.#nowMs = untilMs
    await everythingSettled()
  }

  #earliest(): Sleeper | undefined {
    let earliest: Sleeper | undefined
    for (const each of this.#sleepers) {
      if (earliest === undefined || each.atMs < earliest.atMs) earliest = each
    }
    return earliest
  }
}

/** Every promise that can go on has gone on: none of them waits for anything but the clock. */
function everythingSettled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
