import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runLabel } from '../faults/docker-engine.ts'
import { HarnessError } from '../kernel/errors.ts'
import { formatLease, leaseLabel, leaseOf } from './lease.ts'
import { journalFileName, removeLeaseFile, writeLeaseFile } from './lease-file.ts'
import { type OpenUndoJournal, openUndoJournal } from './undo-journal.ts'

/** A run that is watched from outside. Disposing it says that the run has ended; the reaper then looks once more. */
export interface RunGuard extends AsyncDisposable {
  readonly journal: OpenUndoJournal
  /** To be put on every container, network and volume of the run: without them nobody removes it after a death. */
  readonly labels: Readonly<Record<string, string>>
  readonly reaperPid: number | undefined
  /** The run's containers are to stay after its end: nobody reaps them. */
  keep(): Promise<void>
}

const main = fileURLToPath(new URL('./reaper-main.ts', import.meta.url))
/** A reaper that dies is started again, but not for ever: then something kills it on purpose. */
const restartsMax = 10

/**
 * Begins the run's lease, its undo journal and its reaper. Nothing may be started or injected before it resolves: from
 * then on this process can be killed at any instant.
 */
export async function guardRun(run: { readonly runId: string; readonly folder: string }): Promise<RunGuard> {
  const { runId, folder } = run
  const lease = formatLease(await leaseOf())
  await writeLeaseFile(folder, { runId, lease, state: 'held' })
  const journal = await openUndoJournal(join(folder, journalFileName))
  const reaper = await keepReaper(folder)
  return {
    journal,
    labels: { [runLabel]: runId, [leaseLabel]: lease },
    get reaperPid() {
      return reaper.pid()
    },
    async keep() {
      if (reaper.stopKeeping()) return
      await journal[Symbol.asyncDispose]()
      await removeLeaseFile(folder)
    },
    async [Symbol.asyncDispose]() {
      if (reaper.stopKeeping()) return
      await journal[Symbol.asyncDispose]()
      await writeLeaseFile(folder, { runId, lease, state: 'ended' })
    },
  }
}

/** Starts the reaper, and again whenever it ends before it should. */
async function keepReaper(folder: string) {
  let child = spawnReaper(folder, 'pipe')
  let stopped = false
  let restarts = 0
  const watch = (current: ChildProcess) =>
    current.once('exit', () => {
      if (stopped || restarts >= restartsMax) return
      restarts += 1
      child = spawnReaper(folder, 'ignore')
      watch(child)
    })
  watch(child)
  await hasBegun(child)
  return {
    pid: () => child.pid,
    /** True if it was stopped before. */
    stopKeeping() {
      const before = stopped
      stopped = true
      return before
    },
  }
}

function spawnReaper(folder: string, stdout: 'pipe' | 'ignore'): ChildProcess {
  // A session of its own, and no stream of ours: neither a Ctrl-C nor our death reaches it.
  const child = spawn(process.execPath, [main, '--folder', folder], {
    detached: true,
    stdio: ['ignore', stdout, 'ignore'],
  })
  child.on('error', () => undefined)
  child.unref()
  return child
}

/** It says one word when it watches; its pipe is closed then, so that it holds nothing of ours. */
async function hasBegun(child: ChildProcess): Promise<void> {
  const word = child.stdout === null ? Promise.reject(new Error('no pipe')) : once(child.stdout, 'data')
  const end = once(child, 'exit').then(([code]) => {
    throw new Error(`it ended with code ${code}`)
  })
  try {
    await Promise.race([word, end])
  } catch (error) {
    throw new HarnessError(
      'HARNESS_INTERNAL',
      `expected the reaper to begin its watch, got: ${error instanceof Error ? error.message : String(error)}`,
      `start it by hand to see why: node ${main} --folder .`,
      { cause: error },
    )
  } finally {
    end.catch(() => undefined)
    child.stdout?.destroy()
  }
}
