import { access, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { type RunCommand, runCommand } from './run-command.ts'
import { setupFolder } from './setup-folder.ts'

/** Where promtool is installed, by the systems' own packages. */
const places = ['/usr/bin/promtool', '/usr/local/bin/promtool', '/opt/homebrew/bin/promtool']

export interface PromtoolWorld {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly places: readonly string[]
  /** Where a fetched one is kept. */
  readonly folder: string
  readonly run: RunCommand
}

const thisMachine: PromtoolWorld = {
  env: process.env,
  places,
  folder: join(setupFolder, '../promtool'),
  run: runCommand,
}

/**
 * The path of promtool: the one that `SEAWALL_PROMTOOL` names, an installed one, one that was fetched before, or Debian's,
 * taken out of its package. Nothing is installed: Debian's package would start a Prometheus of its own. Throws
 * HARNESS_CONFIG_INVALID where none can be had.
 */
export async function ensurePromtool(
  out: (text: string) => void,
  world: PromtoolWorld = thisMachine,
): Promise<string> {
  const fetched = join(world.folder, 'promtool')
  const named = world.env.SEAWALL_PROMTOOL
  for (const place of named ? [named] : [...world.places, fetched]) if (await isThere(place)) return place
  if (named) throw missing(`SEAWALL_PROMTOOL is ${named}, and nothing is there`)
  out('promtool: fetching it from the package "prometheus"')
  await fetchInto(fetched, world)
  return fetched
}

async function fetchInto(path: string, { folder, run }: PromtoolWorld): Promise<void> {
  await mkdir(folder, { recursive: true })
  const work = await mkdtemp(join(folder, 'fetching-'))
  try {
    await unpack(work, run)
    // Renamed, so that nobody who looks meanwhile finds half of it.
    await copyFile(join(work, 'usr/bin/promtool'), join(work, 'promtool'))
    await rename(join(work, 'promtool'), path)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** `apt-get download` writes where it stands and takes no folder, so that it is started in one. */
async function unpack(work: string, run: RunCommand): Promise<void> {
  const inWork = (command: string) => ['-C', work, ...command.split(' ')]
  const download = () => run('env', inWork('apt-get download -q prometheus'))
  let end = await download()
  // Lists that were never fetched, or are too old, are fetched once; that needs the rights of root.
  if (end.code !== 0 && (await run('apt-get', ['-q', 'update'])).code === 0) end = await download()
  if (end.code !== 0) throw missing(lastLine(end.output))
  const [archive] = (await readdir(work)).filter((name) => name.endsWith('.deb'))
  if (archive === undefined) throw missing('apt-get downloaded nothing')
  const unpacked = await run('dpkg-deb', ['-x', join(work, archive), work])
  if (unpacked.code !== 0) throw missing(lastLine(unpacked.output))
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? ''
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function missing(why: string): HarnessError {
  return new HarnessError(
    'HARNESS_CONFIG_INVALID',
    `the tests of the alert rules need promtool, which is neither installed nor to be had here: ${why}`,
    'install Prometheus, or set SEAWALL_PROMTOOL to the path of its promtool',
  )
}
