import { join } from 'node:path'
import Docker from 'dockerode'
import { realClock } from '../kernel/clock.ts'
import { holderOf, parseLease } from './lease.ts'
import { journalFileName, readLeaseFile, removeLeaseFile } from './lease-file.ts'
import { type ReapOptions, reapRun } from './reap.ts'

const lookEveryMs = 300

/** Watches the holder of the lease in a run's folder, and heals and removes what there is as soon as it is gone. */
export async function watchRun(folder: string, log: ReapOptions['log']): Promise<void> {
  log('watching')
  process.stdout.write('watching\n')
  while (true) {
    const file = await readLeaseFile(folder)
    if (file === undefined) return log('released')
    const lease = parseLease(file.lease)
    const holder = lease === undefined ? 'dead' : await holderOf(lease)
    if (file.state === 'ended' || holder === 'dead') {
      log(file.state === 'ended' ? 'ended' : 'harness-died', { runId: file.runId })
      return reap(file.runId, folder, log)
    }
    await realClock.sleep(lookEveryMs)
  }
}

async function reap(runId: string, folder: string, log: ReapOptions['log']): Promise<void> {
  const journalPath = join(folder, journalFileName)
  const report = await reapRun({ docker: new Docker(), runId, journalPath, clock: realClock, log })
  log('done', { ...report })
  if (report.left.length === 0) await removeLeaseFile(folder)
}
