import type { Clock } from '../clock.ts'

/** What the promise gives, or undefined if it takes longer than `ms`. A late rejection is swallowed. */
export async function within<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController()
  const late = clock.sleep(ms, timer.signal).catch(() => {})
  promise.catch(() => {})
  try {
    return await Promise.race([promise, late.then(() => undefined)])
  } finally {
    timer.abort()
  }
}
