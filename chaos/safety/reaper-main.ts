import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Docker from 'dockerode'
import { realClock } from '../kernel/clock.ts'
import { holderOf, parseLease } from './lease.ts'
import { journalFileName, readLeaseFile, removeLeaseFile } from './lease-file.ts'
import { reapRun } from './reap.ts'

/**
 * The reaper: a process of its own, beside every run, that outlives the harness.
 *
 *     node chaos/safety/reaper-main.ts --folder <the run's folder>
 *
 * It watches the holder of the lease in that folder; see lease-file.ts for what ends it. It keeps nothing in memory, so
 * it can be killed and started again at any moment, and two of them do no harm. What it does is in `reaper.ndjson`.
 */
const lookEveryMs = 300

const { values } = parseArgs({ options: { folder: { type: 'string' } } })
const folder = values.folder ?? process.cwd()

function log(event: string, facts: Readonly<Record<string, unknown>> = {}): void {
  const line = { time: realClock.wallTime().toISOString(), pid: process.pid, event, ...facts }
  try {
    appendFileSync(join(folder, 'reaper.ndjson'), `${JSON.stringify(line)}\n`)
  } catch {
    // A full disk or a deleted folder must not keep it from its work.
  }
}

async function watch(): Promise<void> {
  log('watching')
  process.stdout.write('watching\n')
  while (true) {
    const file = await readLeaseFile(folder)
    if (file === undefined) return log('released')
    const lease = parseLease(file.lease)
    const holder = lease === undefined ? 'dead' : await holderOf(lease)
    if (file.state === 'ended' || holder === 'dead') {
      log(file.state === 'ended' ? 'ended' : 'harness-died', { runId: file.runId })
      return reap(file.runId)
    }
    await realClock.sleep(lookEveryMs)
  }
}

async function reap(runId: string): Promise<void> {
  const journalPath = join(folder, journalFileName)
  const report = await reapRun({ docker: new Docker(), runId, journalPath, clock: realClock, log })
  log('done', { ...report })
  if (report.left.length === 0) await removeLeaseFile(folder)
}

// The terminal's Ctrl-C and hang-up are for the harness.
process.on('SIGINT', () => log('ignored', { signal: 'SIGINT' }))
process.stdout.on('error', () => undefined)
process.on('SIGHUP', () => log('ignored', { signal: 'SIGHUP' }))
await watch()
