import type { Clock } from './clock.ts'
import { formatDuration } from './duration.ts'
import { HarnessError } from './errors.ts'

export interface WaitOptions {
  readonly clock: Clock
  /** What is waited for, as the end of the sentence "waited for …". */
  readonly what: string
  readonly deadlineMs: number
  readonly everyMs?: number
  readonly signal?: AbortSignal
  readonly hint?: string
}

/**
 * Asks again until the probe gives something other than undefined or false, and returns that.
 * A probe that throws counts as "not yet"; its last error is the cause of HARNESS_DEADLINE_PASSED.
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined | false>,
  options: WaitOptions,
): Promise<T> {
  const { clock, deadlineMs, everyMs = 100, signal } = options
  const startedMs = clock.nowMs()
  let cause: unknown
  while (true) {
    signal?.throwIfAborted()
    try {
      const seen = await probe()
      if (seen !== undefined && seen !== false) return seen
    } catch (error) {
      cause = error
    }
    const waitedMs = clock.nowMs() - startedMs
    if (waitedMs >= deadlineMs) throw tooLate(options, waitedMs, cause)
    await clock.sleep(Math.min(everyMs, Math.max(1, deadlineMs - waitedMs)), signal)
  }
}

function tooLate(options: WaitOptions, waitedMs: number, cause: unknown): HarnessError {
  const last = cause instanceof Error ? `; the last error was: ${cause.message}` : ''
  return new HarnessError(
    'HARNESS_DEADLINE_PASSED',
    `waited for ${options.what}: expected it within ${formatDuration(options.deadlineMs)}, ` +
      `gave up after ${formatDuration(waitedMs)}${last}`,
    options.hint ?? 'run `npm run doctor`; the run record has the logs of every container',
    { cause },
  )
}
