import type { Clock } from '../kernel/clock.ts'

/** Work that goes round in this process until it is stopped; stopping waits for the turn under way. */
export interface Loop {
  start(): void
  stop(): Promise<void>
}

// An Engine or a proxy that fails is asked again after this; the look tells whether the fault bites.
const afterErrorMs = 100

/** A turn that throws is taken again: whether the fault is felt is for the look to say. */
export function loop(clock: Clock, turn: (sleep: (ms: number) => Promise<void>) => Promise<void>): Loop {
  let running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined
  return {
    start() {
      if (running !== undefined) return
      const stop = new AbortController()
      running = { stop, ended: goRound(clock, turn, stop.signal) }
    },
    async stop() {
      running?.stop.abort()
      await running?.ended
      running = undefined
    },
  }
}

async function goRound(
  clock: Clock,
  turn: (sleep: (ms: number) => Promise<void>) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await turn((ms) => clock.sleep(ms, signal))
    } catch {
      if (!signal.aborted) await clock.sleep(afterErrorMs, signal).catch(() => {})
    }
  }
}
