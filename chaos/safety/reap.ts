import type Docker from 'dockerode'
import type { UndoRecord, UndoStep } from '../faults/fault.ts'
import { carryOut } from '../faults/undo-steps.ts'
import type { Clock } from '../kernel/clock.ts'
import { within } from '../kernel/within.ts'
import { removeRun, type Sweep } from './remove-run.ts'
import { openUndoJournal, readPending } from './undo-journal.ts'

export interface ReapOptions {
  readonly docker: Docker
  readonly runId: string
  readonly journalPath: string
  readonly clock: Clock
  /** Takes what happens, one fact at a time. */
  log(event: string, facts?: Readonly<Record<string, unknown>>): void
  /** Other hands, for tests. */
  readonly carryOut?: (step: UndoStep) => Promise<void>
  readonly sweep?: () => Promise<Sweep>
}

export interface ReapReport {
  readonly healed: readonly string[]
  readonly healFailed: readonly string[]
  readonly removed: readonly string[]
  readonly left: readonly string[]
}

/** One step took up to 1 s here; what hangs longer must not keep the containers alive. */
const stepWithinMs = 4_000
/** What the Engine was asked to create just before the harness died may still appear: so long must nothing be there. */
const quietMs = 2_000
const sweepEveryMs = 500
/** An Engine that restarts is away for a minute or two. */
const sweepWithinMs = 300_000

/**
 * Undoes what a dead run left: heals from its journal, newest first, then removes what carries its label, until
 * nothing has been there for two seconds. Two may do it at once. Never throws: what stayed is in the report.
 */
export async function reapRun(options: ReapOptions): Promise<ReapReport> {
  const { healed, healFailed } = await healPending(options)
  const { removed, left } = await removeAll(options)
  return { healed, healFailed, removed, left }
}

async function healPending(options: ReapOptions): Promise<Pick<ReapReport, 'healed' | 'healFailed'>> {
  const healed: string[] = []
  const healFailed: string[] = []
  for (const record of await pendingOf(options)) {
    try {
      await healOne(record, options)
      healed.push(record.fault)
      options.log('healed', { fault: record.fault, faultKind: record.faultKind, target: record.target })
      await markHealed(options.journalPath, record.fault)
    } catch (error) {
      healFailed.push(`${record.fault} on ${record.target}: ${String(error)}`)
      options.log('heal-failed', { fault: record.fault, error: String(error), byHand: record.byHand })
    }
  }
  return { healed, healFailed }
}

async function pendingOf({ journalPath, log }: ReapOptions): Promise<UndoRecord[]> {
  try {
    return await readPending(journalPath)
  } catch (error) {
    log('journal-unreadable', { error: String(error) })
    return []
  }
}

async function healOne(record: UndoRecord, { docker, runId, clock, ...options }: ReapOptions): Promise<void> {
  const hands = options.carryOut ?? ((step: UndoStep) => carryOut(step, { docker, runId }))
  for (const step of record.steps) await within(hands(step), stepWithinMs, clock, step.do)
}

/** The mark spares the next reaper the work; where it cannot be made, healing once more is safe. */
async function markHealed(path: string, fault: string): Promise<void> {
  try {
    await using journal = await openUndoJournal(path)
    await journal.hasHealed(fault)
  } catch {
    // The folder of the run may have been deleted meanwhile.
  }
}

async function removeAll(options: ReapOptions): Promise<Pick<ReapReport, 'removed' | 'left'>> {
  const { clock, docker, runId, log, sweep = () => removeRun(docker, runId) } = options
  const untilMs = clock.nowMs() + sweepWithinMs
  const removed: string[] = []
  let left: readonly string[] = []
  let quietSinceMs = clock.nowMs()
  while (clock.nowMs() < untilMs && clock.nowMs() - quietSinceMs < quietMs) {
    const swept = await sweep().catch((error: unknown) => ({
      removed: [],
      left: [`the Engine: ${String(error)}`],
    }))
    left = swept.left
    removed.push(...swept.removed)
    if (swept.removed.length > 0) log('removed', { names: swept.removed })
    if (swept.removed.length + left.length > 0) quietSinceMs = clock.nowMs()
    await clock.sleep(sweepEveryMs)
  }
  if (left.length > 0) log('left', { names: left })
  return { removed, left }
}
