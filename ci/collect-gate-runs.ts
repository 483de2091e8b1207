import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { HarnessError } from '../chaos/kernel/errors.ts'
import { exitCodes } from '../chaos/kernel/exit-code.ts'
import { readRecord } from '../reports/read-record.ts'
import type { RunRecord } from '../reports/run-record.ts'
import type { GateRun } from './gate.ts'
import type { GatePolicy } from './gate-policy.ts'

/** Runs that were named: each counts, whatever it is. */
export function namedRuns(folders: readonly string[]): Promise<GateRun[]> {
  return Promise.all(folders.map(readGateRun))
}

/**
 * The runs of the reports folder that a policy is about: of each mandatory experiment all of this commit, red ones
 * too, for a red run is not to be hidden by playing it again; or, where there is none, the newest, which says why it
 * does not count. Mutants, control runs and runs that somebody interrupted are no evidence for or against.
 */
export async function storedRuns(root: string, policy: GatePolicy, commit: string): Promise<GateRun[]> {
  const all = await Promise.all(
    policy.mandatory.map(async ({ experiment, faultsMin }) => {
      const runs = await Promise.all((await runFolders(root, experiment)).map(readGateRun))
      const counting = runs.filter(({ record }) => record === undefined || isEvidence(record, faultsMin))
      const own = counting.filter(({ record }) => policy.commit === 'any' || record?.commit === commit)
      return own.length > 0 ? own : counting.slice(-1)
    }),
  )
  return all.flat().map((run) => ({ ...run, folder: relative(root, run.folder) }))
}

function isEvidence({ mutant, faults, exitCode }: RunRecord, faultsMin: number): boolean {
  return mutant === undefined && faults.length >= faultsMin && exitCode !== exitCodes.interrupted.code
}

/** Oldest first: the names begin with the time. */
async function runFolders(root: string, experiment: string): Promise<string[]> {
  const parent = join(root, 'runs', experiment)
  const names = await readdir(parent).catch(() => [])
  return names
    .filter((name) => name !== 'latest' && !name.startsWith('.'))
    .sort()
    .map((name) => join(parent, name))
}

async function readGateRun(folder: string): Promise<GateRun> {
  try {
    return { folder, record: await readRecord(folder) }
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    return { folder, problem: oneLine(error.message) }
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, '; ')
}
