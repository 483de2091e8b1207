import type { Clock } from '../../chaos/kernel/clock.ts'
import { formatDuration } from '../../chaos/kernel/duration.ts'

export interface RunsSoFarOptions<Kind extends string> {
  readonly runs: number
  /** How a run can end, in the order in which they are told. */
  readonly kinds: readonly Kind[]
  readonly clock: Clock
  out(text: string): void
  /** At least so long between two lines. 10 s: short enough to see life, six lines a minute in a log. */
  readonly everyMs?: number
}

/** Says in plain lines how far a long row of runs has come: how they ended, how fast it goes, how long it will take. */
export class RunsSoFar<Kind extends string> {
  readonly #options: RunsSoFarOptions<Kind>
  readonly #startedMs: number
  readonly #counts: Map<Kind, number>
  #toldMs: number
  #played = 0

  constructor(options: RunsSoFarOptions<Kind>) {
    this.#options = options
    this.#counts = new Map(options.kinds.map((kind) => [kind, 0]))
    this.#startedMs = options.clock.nowMs()
    this.#toldMs = this.#startedMs
  }

  /** A run has ended. Of the last one nothing is said: whoever plays them says how all ended. */
  see(kind: Kind): void {
    const { runs, clock, out, everyMs = 10_000 } = this.#options
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1)
    this.#played += 1
    if (this.#played === runs || clock.nowMs() - this.#toldMs < everyMs) return
    this.#toldMs = clock.nowMs()
    out(
      `${whole(this.#played)} of ${whole(runs)} runs so far: ${this.counts()}; ${this.perHour()}, ` +
        `about ${this.#left()} left`,
    )
  }

  /** "12 pass, 0 fail, 0 unknown". */
  counts(): string {
    return [...this.#counts].map(([kind, count]) => `${count} ${kind}`).join(', ')
  }

  /** "6,731 an hour", as it went so far. */
  perHour(): string {
    return `${whole(Math.round((this.#played * 3_600_000) / this.#tookMs()))} an hour`
  }

  #left(): string {
    const leftMs = ((this.#options.runs - this.#played) * this.#tookMs()) / this.#played
    return formatDuration(1_000 * Math.ceil(leftMs / 1_000))
  }

  #tookMs(): number {
    return this.#options.clock.nowMs() - this.#startedMs
  }
}

const whole = (count: number) => count.toLocaleString('en')
