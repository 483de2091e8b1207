import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { honestRoot, mutantsOf } from './list.ts'
import type { Mutant } from './mutant.ts'
import { patchedFiles } from './patched-files.ts'

/** A copy of the service's sources with the bug in it. Disposing it removes the copy. */
export interface MutantSource extends AsyncDisposable {
  /** The folder that stands for `system-under-test`. */
  readonly root: string
  readonly mutant: Mutant
}

const repository = path.dirname(honestRoot)
/** What a mutant does not need: neither of these is part of the running service. */
const leftOut = new Set(['mutants', 'topology', 'fragile', 'node_modules'])

/** The patched copy of one mutant, by its id; packages are found beside it. */
export async function mutantSource(id: string): Promise<MutantSource> {
  const [mutant] = await mutantsOf([id])
  return copyWithBug(mutant as Mutant)
}

async function copyWithBug(mutant: Mutant): Promise<MutantSource> {
  const folder = await mkdtemp(path.join(tmpdir(), `seawall-${mutant.id}-`))
  const root = path.join(folder, 'system-under-test')
  await mkdir(root)
  await cp(honestRoot, root, {
    recursive: true,
    filter: (from) =>
      !from.endsWith('.test.ts') && !(path.dirname(from) === honestRoot && leftOut.has(path.basename(from))),
  })
  await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'))
  for (const [file, text] of await patchedFiles(mutant)) await writeFile(path.join(root, file), text)
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }\n')
  return {
    root,
    mutant,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true })
    },
  }
}
