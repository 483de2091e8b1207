import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const here = import.meta.dirname
const repository = resolve(here, '../..')

/** A module of this folder's parent, by its path in it, with one of the bugs and with none where none is named. */
export function mutated<Module>(mutant: string | undefined, entry: string): Promise<Module> {
  return mutatedModule(mutant, join('chaos', entry), ['chaos'])
}

/**
 * A module of the repository with one of this folder's bugs in it, and with no bug where none is named. The diff is
 * applied to a copy of the folders; the module and all of ours that it imports come from there.
 */
export async function mutatedModule<Module>(
  mutant: string | undefined,
  entry: string,
  folders: readonly string[],
): Promise<Module> {
  const folder = await mkdtemp(join(tmpdir(), 'seawall-mutant-'))
  try {
    for (const name of folders) await cp(join(repository, name), join(folder, name), { recursive: true })
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
    if (mutant !== undefined) {
      // Inside a repository git would leave out what it does not track.
      const env = { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() }
      await promisify(execFile)('git', ['apply', join(here, `${mutant}.diff`)], { cwd: folder, env })
    }
    const outfile = join(folder, 'module.mjs')
    await build({
      entryPoints: [join(folder, entry)],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    })
    return (await import(pathToFileURL(outfile).href)) as Module
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
