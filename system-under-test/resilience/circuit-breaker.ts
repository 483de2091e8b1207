import { CircuitState, CountBreaker } from 'cockatiel'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { backoffMs } from './backoff.ts'

export const breakerStates = ['closed', 'half-open', 'open'] as const
export type BreakerState = (typeof breakerStates)[number]

/** How a call through the breaker ended. `neither`: it says nothing about the dependency (the caller's mistake). */
export type CallEnd = 'success' | 'failure' | 'neither'

export interface CircuitBreaker {
  /** undefined: do not call. Else the way to say how the call ended, once. */
  enter(): ((end: CallEnd) => void) | undefined
  state(): BreakerState
  /** How long it has not been closed: since it opened, over every probe that failed. 0 while it is closed. */
  awayMs(): number
}

export interface BreakerOptions {
  readonly clock: Clock
  readonly random: Random
  /** Opens when more than half of this many latest calls failed. */
  readonly calls?: number
  readonly firstOpenMs?: number
  readonly openMsMax?: number
  readonly changed?: (state: BreakerState) => void
}

/**
 * Stops calling what does not answer, and asks again, one call at a time:
 *
 *     closed ──more than half of the last calls failed──► open ──after a pause──► half-open ──success──► closed
 *                                                          ▲                          │
 *                                                          └───failure: longer pause──┘
 *
 * cockatiel counts; the states are our own because time is handed in.
 */
export function createCircuitBreaker(options: BreakerOptions): CircuitBreaker {
  return new Breaker(options)
}

class Breaker implements CircuitBreaker {
  readonly #options: BreakerOptions
  #counter: CountBreaker
  #state: BreakerState = 'closed'
  #failedProbes = 0
  #openUntilMs = 0
  /** Since when it has not been closed. */
  #awayFromMs: number | undefined
  #probing = false
  /** Calls that began before the last change of state must not be counted after it. */
  #epoch = 0

  constructor(options: BreakerOptions) {
    this.#options = options
    this.#counter = newCounter(options.calls ?? 20)
  }

  state(): BreakerState {
    return this.#state
  }

  awayMs(): number {
    return this.#awayFromMs === undefined ? 0 : this.#options.clock.nowMs() - this.#awayFromMs
  }

  enter() {
    if (this.#state === 'open' && this.#options.clock.nowMs() >= this.#openUntilMs) this.#become('half-open')
    if (this.#state === 'open' || (this.#state === 'half-open' && this.#probing)) return undefined
    this.#probing = this.#state === 'half-open'
    const epoch = this.#epoch
    return (end: CallEnd) => {
      if (epoch === this.#epoch) this.#ended(end)
    }
  }

  #ended(end: CallEnd) {
    if (this.#state === 'half-open') {
      this.#probing = false
      if (end === 'success') this.#close()
      if (end === 'failure') this.#open()
      return
    }
    if (end === 'success') this.#counter.success(CircuitState.Closed)
    if (end === 'failure' && this.#counter.failure(CircuitState.Closed)) this.#open()
  }

  #close() {
    this.#failedProbes = 0
    this.#awayFromMs = undefined
    this.#counter = newCounter(this.#options.calls ?? 20)
    this.#become('closed')
  }

  #open() {
    const { clock, random, firstOpenMs = 500, openMsMax = 3_000 } = this.#options
    this.#failedProbes += 1
    this.#awayFromMs ??= clock.nowMs()
    const bounds = { firstMs: firstOpenMs, maxMs: openMsMax }
    // At least half of the bound: a pause of nothing would be no pause.
    const least = Math.min(openMsMax, firstOpenMs * 2 ** (this.#failedProbes - 1)) / 2
    this.#openUntilMs = clock.nowMs() + least + backoffMs(this.#failedProbes, random, bounds) / 2
    this.#become('open')
  }

  #become(state: BreakerState) {
    this.#state = state
    this.#epoch += 1
    this.#probing = false
    this.#options.changed?.(state)
  }
}

function newCounter(calls: number): CountBreaker {
  return new CountBreaker({ threshold: 0.5, size: calls, minimumNumberOfCalls: Math.ceil(calls / 2) })
}
