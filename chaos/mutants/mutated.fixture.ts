import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const here = import.meta.dirname
const chaos = resolve(here, '..')

/**
 * A module of the harness with one of this folder's bugs in it, and with no bug where none is named. The diff is
 * applied to a copy; the module and all that it imports come from there.
 */
export async function mutated<Module>(mutant: string | undefined, entry: string): Promise<Module> {
  const folder = await mkdtemp(join(tmpdir(), 'seawall-mutant-'))
  try {
    await cp(chaos, join(folder, 'chaos'), { recursive: true })
    if (mutant !== undefined) {
      // Inside a repository git would leave out what it does not track.
      const env = { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() }
      await promisify(execFile)('git', ['apply', join(here, `${mutant}.diff`)], { cwd: folder, env })
    }
    const outfile = join(folder, 'module.mjs')
    const entryPoints = [join(folder, 'chaos', entry)]
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' })
    return (await import(pathToFileURL(outfile).href)) as Module
  } finally {
    await rm(folder, { recursive: true })
  }
}
