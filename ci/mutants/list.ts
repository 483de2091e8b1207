import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import { type Mutant, parseMutant } from './mutant.ts'

export const honestRoot = path.resolve(import.meta.dirname, '../../system-under-test')
const folder = path.join(honestRoot, 'mutants')

/** All mutants of the service, by id. One file each in `system-under-test/mutants`. */
export async function readMutants(): Promise<readonly Mutant[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.diff')).sort()
  return Promise.all(
    names.map(async (name) => parseMutant(await readFile(path.join(folder, name), 'utf8'), name)),
  )
}

/** The mutants of these ids; unknown ids are refused, all at once, with the near ones. */
export async function mutantsOf(ids: readonly string[]): Promise<readonly Mutant[]> {
  const all = await readMutants()
  const known = new Map(all.map((mutant) => [mutant.id, mutant]))
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length === 0) return ids.map((id) => known.get(id) as Mutant)
  const said = unknown.map((id) => {
    const near = nearestNames(id, [...known.keys()])
    return near.length === 0 ? `"${id}"` : `"${id}" (did you mean ${near.join(' or ')}?)`
  })
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `no mutant is called ${said.join(', ')}`,
    `known are ${[...known.keys()].join(', ') || 'none'}; \`seawall mutants --list\` says what each one does`,
  )
}
