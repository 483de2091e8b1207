import type { Clock } from '../kernel/clock.ts'
import { formatDuration } from '../kernel/duration.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import { type Holder, parseLease } from './lease.ts'
import type { FoundLease } from './lease-file.ts'
import type { ReapReport } from './reap.ts'

/** What stopping needs of the world; handed in, so that tests need no process and no Engine. */
export interface StopWorld {
  readonly clock: Clock
  readonly signal: AbortSignal
  holderOf(lease: FoundLease): Promise<Holder>
  kill(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void
  reap(lease: FoundLease): Promise<ReapReport>
  progress(text: string): void
}

export interface StopReport {
  readonly runId: string
  /** In words: "stopped", or why it could not be. */
  readonly outcome: string
  /** What is still there; empty where all is healed and removed. */
  readonly left: readonly string[]
}

/** Longer than the longest heal, which is given up after a minute; a harness that still lives then hangs. */
const leaveWithinMs = 90_000

/**
 * The kill switch: asks the run's harness to end, which heals and writes its record; ends it by force where it does not
 * within 90 s; then heals and removes whatever is left, as the reaper does. Safe to repeat, and beside the reaper.
 */
export async function stopRun(lease: FoundLease, world: StopWorld): Promise<StopReport> {
  const { runId } = lease
  const holder = await world.holderOf(lease)
  if (holder === 'elsewhere') {
    const host = parseLease(lease.lease)?.host ?? 'another machine'
    return { runId, outcome: `its harness runs on ${host}: stop it there`, left: [runId] }
  }
  if (holder === 'alive') await endHarness(lease, world)
  world.progress(`${runId}: looking for what is left`)
  const { healFailed, left } = await world.reap(lease)
  const rest = [...healFailed, ...left]
  return { runId, outcome: rest.length === 0 ? 'stopped; nothing of it is left' : 'stopped, but', left: rest }
}

async function endHarness(lease: FoundLease, world: StopWorld): Promise<void> {
  const pid = parseLease(lease.lease)?.pid
  if (pid === undefined) return
  const isGone = async () => (await world.holderOf(lease)) !== 'alive'
  const { clock, signal } = world
  world.progress(`${lease.runId}: asking its harness (process ${pid}) to heal and to end`)
  world.kill(pid, 'SIGTERM')
  try {
    await waitUntil(isGone, { clock, signal, what: 'the end of the harness', deadlineMs: leaveWithinMs })
  } catch {
    signal.throwIfAborted()
    world.progress(
      `${lease.runId}: it is still there after ${formatDuration(leaveWithinMs)}; ending it by force`,
    )
    world.kill(pid, 'SIGKILL')
    await waitUntil(isGone, { clock, signal, what: 'the end of the harness', deadlineMs: 10_000 })
  }
}
