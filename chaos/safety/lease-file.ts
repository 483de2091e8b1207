import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * `lease.json` in a run's folder, from its begin until nothing of it can be left:
 *
 *     held ──► ended ──► (the reaper looks once more, removes the file, and ends)
 *      ├──► (the harness dies: the reaper heals, removes what there is, removes the file, and ends)
 *      └──► (the file is gone: the run is to be kept; the reaper ends and touches nothing)
 */
const leaseFileSchema = z.object({
  runId: z.string().min(1),
  lease: z.string(),
  state: z.enum(['held', 'ended']),
})
export type LeaseFile = z.infer<typeof leaseFileSchema>

export const leaseFileName = 'lease.json'
export const journalFileName = 'undo.ndjson'

/** Replaces the file at once, so that a reader never sees half of it. */
export async function writeLeaseFile(folder: string, lease: LeaseFile): Promise<void> {
  const path = join(folder, leaseFileName)
  await writeFile(`${path}.new`, JSON.stringify(lease))
  await rename(`${path}.new`, path)
}

/** undefined where there is none, or nothing that can be read. */
export async function readLeaseFile(folder: string): Promise<LeaseFile | undefined> {
  try {
    return leaseFileSchema.parse(JSON.parse(await readFile(join(folder, leaseFileName), 'utf8')))
  } catch {
    return undefined
  }
}

export async function removeLeaseFile(folder: string): Promise<void> {
  await rm(join(folder, leaseFileName), { force: true })
}

export interface FoundLease extends LeaseFile {
  readonly folder: string
}

/** The leases of all runs below `runs/<experiment>/<run>/`, also of dead ones; none where there is no such folder. */
export async function findLeases(runsFolder: string): Promise<FoundLease[]> {
  const found: FoundLease[] = []
  for (const experiment of await foldersIn(runsFolder)) {
    for (const folder of await foldersIn(experiment)) {
      const lease = await readLeaseFile(folder)
      if (lease !== undefined) found.push({ ...lease, folder })
    }
  }
  return found
}

/** Links (`latest`) are left out: what they lead to is listed by its own name. */
async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
  } catch {
    return []
  }
}
