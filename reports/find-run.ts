import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HarnessError } from '../chaos/kernel/errors.ts'

/**
 * The folder of a run by what people type: a path to it (or to a file in it), an experiment's name for its latest
 * run, a run's id, or nothing for the latest of all. HARNESS_RECORD_INVALID, with near names, if there is none.
 */
export async function findRun(root: string, named: string | undefined): Promise<string> {
  const runs = join(root, 'runs')
  const candidates =
    named === undefined
      ? [join(runs, 'latest')]
      : [named, dirname(named), join(runs, named), join(runs, named, 'latest'), ...(await byId(runs, named))]
  for (const folder of candidates) if (await isFile(join(folder, 'run.json'))) return folder
  throw new HarnessError(
    'HARNESS_RECORD_INVALID',
    `expected a run record at ${named ?? join(runs, 'latest')}, and found no run.json there`,
    await knownRuns(runs),
  )
}

async function byId(runs: string, id: string): Promise<string[]> {
  if (basename(id) !== id) return []
  return (await foldersIn(runs)).map((experiment) => join(runs, experiment, id))
}

async function knownRuns(runs: string): Promise<string> {
  const experiments = (await foldersIn(runs)).filter((name) => name !== 'latest')
  if (experiments.length === 0) return 'play one first: npm run spike'
  return `name a run's folder, or one of the experiments that were played: ${experiments.join(', ')}`
}

async function foldersIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort()
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
