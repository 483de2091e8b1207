import type { Clock } from './clock.ts'
import { formatDuration } from './duration.ts'
import { HarnessError } from './errors.ts'

/**
 * Settles as the work does; rejects with HARNESS_DEADLINE_PASSED when it takes longer, whatever becomes of it then.
 * `what` is the subject of the sentence "… did not end within 10 s".
 */
export async function within<T>(work: Promise<T>, ms: number, clock: Clock, what: string): Promise<T> {
  const done = new AbortController()
  const late = clock.sleep(ms, done.signal).then(() => {
    throw new HarnessError(
      'HARNESS_DEADLINE_PASSED',
      `${what} did not end within ${formatDuration(ms)}`,
      'run `npm run doctor`; the run record has the logs of every container',
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    done.abort()
  }
}

/** Settles as the work does; rejects with the signal's reason as soon as it is aborted. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
