import type { PhaseLine, TimedLine } from './history/line.ts'
import type { Clock } from './kernel/clock.ts'
import { formatDuration } from './kernel/duration.ts'
import type { RunState } from './run-state.ts'
import type { Reading, RunningSystem } from './system.ts'

/** What the phases of one run share. */
export interface PhaseWorld {
  readonly clock: Clock
  readonly state: RunState
  readonly signal: AbortSignal
  elapsedMs(): number
  progress(text: string): void
  see(line: TimedLine | string): void
  /** Rewrites the run record. */
  save(): Promise<void>
}

export async function enter(world: PhaseWorld, phase: PhaseLine['phase'], what: string): Promise<void> {
  const timeMs = world.elapsedMs()
  world.state.phases.push({ phase, timeMs })
  world.see({ kind: 'phase', timeMs, phase })
  world.progress(`${phase}: ${what}`)
  await world.save()
}

/**
 * Waits until the steady state was seen so many times in a row: one look can hit the moment between a restart and
 * the first recovered message, when a queue reads empty. Gives the last reading; its `ok` says if it held in time.
 */
export async function untilSteady(
  world: PhaseWorld,
  system: RunningSystem,
  options: {
    readonly withinMs: number
    readonly inARow: number
    readonly everyMs: number
    readonly signal: AbortSignal
  },
): Promise<Reading> {
  const startedMs = world.clock.nowMs()
  let seen = 0
  let last: Reading = { ok: false, evidence: 'never looked' }
  while (world.clock.nowMs() - startedMs < options.withinMs) {
    options.signal.throwIfAborted()
    last = await system.steadyState(options.signal)
    seen = last.ok ? seen + 1 : 0
    if (seen >= options.inARow) return last
    await world.clock.sleep(options.everyMs, options.signal)
  }
  return {
    ok: false,
    evidence: `not steady within ${formatDuration(options.withinMs)}; last seen: ${last.evidence}`,
  }
}

/** Takes the system's readings every second until it is told to stop; the newest value of each can be asked for. */
export function observeAlong(world: PhaseWorld, system: RunningSystem): Observing {
  const stop = new AbortController()
  const newest = new Map<string, number>()
  const done = observeUntil(stop.signal, world, system, newest)
  return {
    reading: (name) => newest.get(name),
    async stop() {
      stop.abort()
      await done
      // The last word: a backlog counts as gone after three readings, and fewer may have been due since it went.
      for (let look = 0; look < lastLooks; look += 1) {
        for (const line of await system.observe().catch(() => [])) world.see(line)
        if (!world.signal.aborted)
          await world.clock.sleep(lastLookEveryMs, world.signal).catch(() => undefined)
      }
    },
  }
}

export interface Observing {
  reading(name: string): number | undefined
  stop(): Promise<void>
}

const observeEveryMs = 1_000
const lastLooks = 3
const lastLookEveryMs = 300

async function observeUntil(
  signal: AbortSignal,
  world: PhaseWorld,
  system: RunningSystem,
  newest: Map<string, number>,
): Promise<void> {
  while (!signal.aborted) {
    for (const line of await system.observe().catch(() => [])) {
      newest.set(line.name, line.value)
      world.see(line)
    }
    await world.clock.sleep(observeEveryMs, signal).catch(() => undefined)
  }
}
