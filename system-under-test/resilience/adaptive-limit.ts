import type { Clock } from '../clock.ts'
import type { Criticality } from '../queue/order-queue.ts'

/** How work that was let in ended, for the limit's purposes: `overloaded` says "fewer, please". */
export type WorkEnd = 'fine' | 'overloaded' | 'neither'

export interface AdaptiveLimit {
  /** undefined: shed. Else the way to say that it ended, once. */
  enter(criticality: Criticality, bytes: number): ((end: WorkEnd) => void) | undefined
  limit(): number
  inFlight(): number
}

export interface AdaptiveLimitOptions {
  readonly clock: Clock
  readonly max: number
  readonly bytesMax: number
  /** Work that takes longer is a sign of overload. */
  readonly latencyTargetMs: number
  readonly min?: number
}

// Low criticality may use this share of the limit; the rest is for what matters more.
const lowShare = 0.75
const decrease = 0.8
// One more for eight good answers: from its least back to 256 in a few seconds of a spike, not in a minute.
const increase = 1 / 8
// 32: a machine so slow that even these are late is slow for other reasons, and fewer would not make it faster.
const leastByDefault = 32
// 64: a first crowd that is too large for what is behind would all be late; a fast one makes it 256 within a second.
const firstLimit = 64

/**
 * How much may be in flight at once, found out by trying: more with good answers while it is used, a fifth less when
 * answers are late or refused, once for each crowd that was let in together. Bounded in bytes too.
 * Source: additive increase, multiplicative decrease; D. Chiu, R. Jain, 1989.
 */
export function createAdaptiveLimit(options: AdaptiveLimitOptions): AdaptiveLimit {
  const { clock, max, bytesMax, latencyTargetMs } = options
  const min = Math.min(options.min ?? leastByDefault, max)
  let limit = Math.min(firstLimit, max)
  let inFlight = 0
  let bytesInFlight = 0
  let decreasedMs = Number.NEGATIVE_INFINITY

  function learn(end: WorkEnd, startedMs: number, crowd: number) {
    const nowMs = clock.nowMs()
    if (end === 'overloaded' || nowMs - startedMs > latencyTargetMs) {
      // One crowd gives one lesson: its members all began under the limit that turned out too high.
      if (startedMs < decreasedMs) return
      limit = Math.max(min, limit * decrease)
      decreasedMs = nowMs
    } else if (crowd > limit / 2) {
      limit = Math.min(max, limit + increase)
    }
  }

  return {
    limit: () => limit,
    inFlight: () => inFlight,
    enter(criticality, bytes) {
      const allowed = criticality === 'low' ? limit * lowShare : limit
      if (inFlight + 1 > allowed || bytesInFlight + bytes > bytesMax) return undefined
      inFlight += 1
      bytesInFlight += bytes
      const startedMs = clock.nowMs()
      const crowd = inFlight
      return (end) => {
        inFlight -= 1
        bytesInFlight -= bytes
        if (end !== 'neither') learn(end, startedMs, crowd)
      }
    },
  }
}
