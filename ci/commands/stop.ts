import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { realClock } from '../../chaos/kernel/clock.ts'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import { holderOf, parseLease } from '../../chaos/safety/lease.ts'
import {
  type FoundLease,
  findLeases,
  journalFileName,
  removeLeaseFile,
} from '../../chaos/safety/lease-file.ts'
import { reapRun } from '../../chaos/safety/reap.ts'
import { type StopReport, type StopWorld, stopRun } from '../../chaos/safety/stop-run.ts'
import { findDocker } from '../setup/examine.ts'
import type { AddCommand, CommandIo } from './command.ts'

const reportsRoot = resolve(import.meta.dirname, '../../reports')

interface StopOptions {
  readonly reports: string
  readonly json?: boolean
}

/** `seawall stop [RUN]`: the kill switch. Exits 0 when nothing of the runs is left, 70 when something is. */
export const addStopCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('stop')
    .argument('[run]', "a run's id; without it, every run that is going on")
    .description('end a run now: its faults are healed, its record is written, its containers are removed')
    .option('--json', 'print what became of each run as JSON')
    .option('--reports <folder>', 'where run records are', reportsRoot)
    .action((run: string | undefined, options: StopOptions) => stop(run, options, io))
}

async function stop(run: string | undefined, options: StopOptions, io: CommandIo): Promise<void> {
  const leases = leasesOf(await findLeases(join(options.reports, 'runs')), run)
  const world = await stopWorld(io)
  const reports = await Promise.all(leases.map((lease) => stopRun(lease, world)))
  if (options.json) io.out(JSON.stringify(reports))
  else if (reports.length === 0) io.out('no run is going on')
  else for (const report of reports) io.out(sentenceOf(report))
  if (reports.some(({ left }) => left.length > 0)) io.exit(exitCodes.internal.code)
}

function leasesOf(leases: readonly FoundLease[], run: string | undefined): readonly FoundLease[] {
  if (run === undefined) return leases
  const found = leases.filter(({ runId, folder }) => runId === run || folder === resolve(run))
  if (found.length > 0) return found
  const ids = leases.map(({ runId }) => runId)
  const near = nearestNames(run, ids)
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `expected the id of a run that is going on, got "${run}"`,
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : ids.length > 0
        ? `these are going on: ${ids.join(', ')}`
        : 'no run is going on; `npm run doctor` says whether an earlier one left anything',
  )
}

async function stopWorld(io: CommandIo): Promise<StopWorld> {
  const docker = await findDocker(io.env)
  return {
    clock: realClock,
    signal: io.signal,
    progress: io.err,
    kill: (pid, signal) => process.kill(pid, signal),
    async holderOf({ lease }) {
      const parsed = parseLease(lease)
      return parsed === undefined ? 'dead' : holderOf(parsed)
    },
    async reap({ runId, folder }) {
      const nothing = { healed: [], healFailed: [], removed: [] }
      if (docker === undefined)
        return { ...nothing, left: ['no Docker Engine answers, so nothing could be removed'] }
      const journalPath = join(folder, journalFileName)
      const report = await reapRun({ docker, runId, journalPath, clock: realClock, log: () => undefined })
      if (report.left.length === 0) await removeLeaseFile(folder)
      return report
    },
  }
}

function sentenceOf({ runId, outcome, left }: StopReport): string {
  return [`${runId}: ${outcome}`, ...left.map((one) => `  still there: ${one}`)].join('\n')
}
