import type { Clock } from './clock.ts'

/** A clock for tests: time passes only when the test says so, and then at once. */
export interface FakeClock extends Clock {
  /** Lets so much time pass, waking every sleeper in its turn. */
  advance(ms: number): Promise<void>
  /** Lets time pass from sleeper to sleeper until the work has settled; throws where nobody sleeps and it has not. */
  runUntilSettled<T>(work: Promise<T>): Promise<T>
}

interface Sleeper {
  readonly atMs: number
  wake(): void
}

export function fakeClock(startMs = 0): FakeClock {
  let nowMs = startMs
  const sleepers = new Set<Sleeper>()

  const wakeNext = async (untilMs: number): Promise<boolean> => {
    await everythingRan()
    const next = [...sleepers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
    if (next === undefined) return false
    nowMs = Math.max(nowMs, next.atMs)
    sleepers.delete(next)
    next.wake()
    return true
  }

  return {
    nowMs: () => nowMs,
    wallTime: () => new Date(Date.UTC(2026, 0, 1) + nowMs),
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const sleeper = { atMs: nowMs + ms, wake: resolve }
      const abort = () => {
        sleepers.delete(sleeper)
        reject(signal?.reason)
      }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', abort, { once: true })
      await promise.finally(() => signal?.removeEventListener('abort', abort))
    },
    async advance(ms) {
      const untilMs = nowMs + ms
      while (await wakeNext(untilMs));
      nowMs = untilMs
    },
    async runUntilSettled(work) {
      let settled = false
      const end = () => {
        settled = true
      }
      work.then(end, end)
      while (true) {
        await everythingRan()
        if (settled) return work
        if (!(await wakeNext(Number.POSITIVE_INFINITY)) && !settled) {
          throw new Error('the work is not over, and nothing sleeps that could wake it')
        }
      }
    },
  }
}

/** After a turn of the event loop, every promise that could be settled without time is. */
function everythingRan(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
