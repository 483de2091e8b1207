import { draw, purposes } from './chance.ts'

const firstBackoffMs = 100
const backoffMaxMs = 2_000
/** A client does not wait longer than this for anybody, whatever `Retry-After` says. */
const retryAfterMaxMs = 5_000

/**
 * How long to wait before attempt `attempt + 1`: full jitter over a doubling bound (AWS Architecture Blog, "Exponential
 * Backoff And Jitter"), and never less than a `Retry-After`, to which half of the jitter is added so that clients who were
 * refused together do not return together.
 */
export function backoffMs(
  seed: number,
  n: number,
  attempt: number,
  retryAfterMs: number | undefined,
): number {
  const bound = Math.min(backoffMaxMs, firstBackoffMs * 2 ** (attempt - 1))
  const chance = draw(seed, n, purposes.jitter + 100 * attempt)
  if (retryAfterMs === undefined) return chance * bound
  return Math.min(retryAfterMs, retryAfterMaxMs) * (1 + chance / 2)
}
