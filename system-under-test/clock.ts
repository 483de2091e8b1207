import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Time, handed in to every part of the service, so that it can be virtual. `nowMs` never goes back and has no date;
 * `wallTime` is for stamps that other processes read, and may jump.
 */
export interface Clock {
  nowMs(): number
  wallTime(): Date
  /** Resolves after `ms`; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const realClock: Clock = {
  nowMs: () => performance.now(),
  wallTime: () => new Date(),
  async sleep(ms, signal) {
    signal?.throwIfAborted()
    try {
      await delay(ms, undefined, { signal })
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    }
  },
}
