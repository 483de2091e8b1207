import { realpath } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

/** The reports folder that a run's folder belongs to; undefined for a record that was copied to somewhere else. */
export async function reportsRootOf(folder: string): Promise<string | undefined> {
  const runs = dirname(dirname(await realpath(folder)))
  return basename(runs) === 'runs' ? dirname(runs) : undefined
}
