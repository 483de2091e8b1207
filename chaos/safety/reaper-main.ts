import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { realClock } from '../kernel/clock.ts'

/**
 * The reaper: two processes of their own beside every run, which outlive the harness.
 *
 *     node chaos/safety/reaper-main.ts --folder <the run's folder>            sees that there is one that works
 *     node chaos/safety/reaper-main.ts --folder <the run's folder> --work     watches the holder of the lease, and reaps
 *
 * See lease-file.ts for what ends them. Neither keeps anything in memory, so either can be killed at any moment: the
 * worker is started again by the other one, that one by the harness, and the worker goes on without both. Two of them
 * at work do no harm. What is done is in `reaper.ndjson`.
 */
const restartAfterMs = 300
const restartsMax = 20

const { values } = parseArgs({ options: { folder: { type: 'string' }, work: { type: 'boolean' } } })
const folder = values.folder ?? process.cwd()

function log(event: string, facts: Readonly<Record<string, unknown>> = {}): void {
  const line = { time: realClock.wallTime().toISOString(), pid: process.pid, event, ...facts }
  try {
    appendFileSync(join(folder, 'reaper.ndjson'), `${JSON.stringify(line)}\n`)
  } catch {
    // A full disk or a deleted folder must not keep it from its work.
  }
}

async function keepWorker(): Promise<void> {
  for (let starts = 0; starts <= restartsMax; starts += 1) {
    const worker = spawn(process.execPath, [fileURLToPath(import.meta.url), '--folder', folder, '--work'], {
      detached: true,
      stdio: ['ignore', 'inherit', 'ignore'],
    })
    const [code] = await once(worker, 'exit')
    if (code === 0) return
    log('worker-died', { code })
    await realClock.sleep(restartAfterMs)
  }
}

// The terminal's Ctrl-C and hang-up are for the harness.
process.on('SIGINT', () => log('ignored', { signal: 'SIGINT' }))
process.on('SIGHUP', () => log('ignored', { signal: 'SIGHUP' }))
process.stdout.on('error', () => undefined)
// Only the one that works needs what speaks to the Engine; the other one stays small.
if (values.work) await (await import('./reaper-work.ts')).watchRun(folder, log)
else await keepWorker()
