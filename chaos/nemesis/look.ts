import type { Fault, Feeling } from '../faults/fault.ts'
import { orAborted, within } from '../kernel/within.ts'
import { askEveryMs } from './start.ts'
import { messageOf, type NemesisWorld, sleepUntil } from './world.ts'

/** The look that is under way at a fault's end may still finish: on a busy machine it may be the only whole one. */
const lookGraceMs = 5_000

/** Looks again and again, at least once, until the fault is felt or its time is over; the last look counts. */
export async function lookUntilFelt(fault: Fault, endMs: number, world: NemesisWorld): Promise<Feeling> {
  while (true) {
    const feeling = await look(fault, endMs, world)
    if (feeling.felt || world.elapsedMs() >= endMs) return feeling
    await sleepUntil(Math.min(endMs, world.elapsedMs() + askEveryMs), world)
  }
}

/** One look; one that fails or hangs has felt nothing. Rejects only when the assault is over. */
async function look(fault: Fault, endMs: number, world: NemesisWorld): Promise<Feeling> {
  const { clock, elapsedMs, signal } = world
  const over = new AbortController()
  const forMs = Math.max(0, endMs - elapsedMs()) + lookGraceMs
  try {
    const looking = fault.isFelt(AbortSignal.any([signal, over.signal]))
    return await orAborted(within(looking, forMs, clock, 'the look'), signal)
  } catch (error) {
    signal.throwIfAborted()
    return { felt: false, evidence: `the look failed: ${messageOf(error)}` }
  } finally {
    over.abort()
  }
}
