import type { Random } from '../random.ts'

export interface RetryAfterOptions {
  readonly random: Random
  /** It cannot be of use before. */
  readonly leastMs?: number
  /** How long what is missing has been away; nothing of it if it is there. */
  readonly awayMs?: number
}

// 3 s: those who were refused together come back over so long a time, not together.
const spreadS = 3
// 4 s: a client that asks a few times outlasts a broker's boot with it (10 to 14 s), and nobody is sent away for longer
// than he would wait.
const longerMsMax = 4_000

/**
 * The whole seconds of a `Retry-After`: 1 to 3, and more the longer an outage lasts. What has been away for long will
 * probably be for longer; who is told so does not use up its attempts before it is back. From 1 to 7 over \`leastMs\`.
 */
export function retryAfterS({ random, leastMs = 0, awayMs = 0 }: RetryAfterOptions): number {
  const longerMs = Math.min(longerMsMax, awayMs / 2)
  return 1 + Math.floor((leastMs + longerMs) / 1_000 + random.next() * spreadS)
}
