import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'

export interface Quotas {
  /** 0: come in. Else the milliseconds until this client may come again. */
  take(client: string): number
}

export interface QuotaOptions {
  readonly clock: Clock
  /** What one client may send in a second, for long. */
  readonly perSecond: number
  /** What it may send at once after a quiet time. */
  readonly burst: number
  /** How many clients are remembered; who is forgotten begins with a full bucket. */
  readonly clientsMax: number
}

interface Bucket {
  tokens: number
  filledMs: number
}

/**
 * A bucket of tokens for each client, so that one who sends too much takes nothing from the others.
 * Source: token bucket; J. Turner, "New directions in communications", 1986.
 */
export function createQuotas({ clock, perSecond, burst, clientsMax }: QuotaOptions): Quotas {
  const buckets = new LRUCache<string, Bucket>({ max: clientsMax })

  function filled(client: string): Bucket {
    const nowMs = clock.nowMs()
    const bucket = buckets.get(client) ?? { tokens: burst, filledMs: nowMs }
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.filledMs) / 1_000) * perSecond)
    bucket.filledMs = nowMs
    buckets.set(client, bucket)
    return bucket
  }

  return {
    take(client) {
      const bucket = filled(client)
      if (bucket.tokens < 1) return ((1 - bucket.tokens) / perSecond) * 1_000
      bucket.tokens -= 1
      return 0
    },
  }
}
