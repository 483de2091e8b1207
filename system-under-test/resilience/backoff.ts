import type { Random } from '../random.ts'

export interface BackoffOptions {
  readonly firstMs: number
  readonly maxMs: number
}

/**
 * How long to wait before attempt n + 1, after n failures: anything between nothing and a bound that doubles ("full
 * jitter"), so that those who failed together do not come back together.
 * Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 */
export function backoffMs(failures: number, random: Random, { firstMs, maxMs }: BackoffOptions): number {
  const bound = Math.min(maxMs, firstMs * 2 ** Math.max(0, failures - 1))
  return random.next() * bound
}
