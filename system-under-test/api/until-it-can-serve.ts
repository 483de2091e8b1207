import type { Clock } from '../clock.ts'

const lookEveryMs = 10
/** By then it must say that it is alive, with or without a broker. */
const patienceMs = 1_000

/**
 * Resolves when a replica that has just begun can serve, or after a second. Whoever comes as soon as the door is open is
 * refused where the broker is not reached yet, and ten such refusals open a breaker: a good version of the service was taken
 * back for them.
 */
export async function untilItCanServe(replica: { isReady(): boolean }, clock: Clock): Promise<void> {
  const untilMs = clock.nowMs() + patienceMs
  while (!replica.isReady() && clock.nowMs() < untilMs) await clock.sleep(lookEveryMs)
}
