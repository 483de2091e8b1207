import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { bundleLoad } from '../../scenarios/bundle-load.ts'
import { bundledFiles, bundleService, type ServiceBundle } from '../../system-under-test/bundle.ts'

const projectRoot = resolve(import.meta.dirname, '../..')
const packages = join(projectRoot, 'node_modules')

/** Where things are; a test has another project. */
export interface BundlePlaces {
  readonly projectRoot: string
  /** Where bundles are kept, relative to the project's root. */
  readonly kept: string
}

const ownPlaces: BundlePlaces = { projectRoot, kept: '.seawall/bundles' }

/** Nobody who began with one that was not asked for since can still be starting. */
const keptMs = 24 * 3_600_000

/**
 * The processes of a service, bundled. Bundling keeps both processors of a laptop busy for half a second before anything
 * else of a run can begin, so what the project's own sources give is kept; a patched copy's bundles are gone at the end.
 * `source` is a folder with `api/main.ts` and `worker/main.ts`.
 */
export async function serviceBundle(
  source: string,
  places: BundlePlaces = ownPlaces,
): Promise<ServiceBundle & AsyncDisposable> {
  const own = join(places.projectRoot, 'system-under-test')
  const name = relative(own, source)
  if (name.startsWith('..')) return passingBundle(source)
  const make = (into: string) => bundleService({ source, into, packages })
  const into = await keep(
    { name: ['service', ...(name === '' ? [] : [name])].join('-'), sources: [own], make },
    places,
  )
  return { ...bundledFiles({ source, into }), [Symbol.asyncDispose]: async () => {} }
}

/** The load generator's script as one file. */
export async function loadBundle(places: BundlePlaces = ownPlaces): Promise<string> {
  const sources = ['k6', 'profiles'].map((name) => join(places.projectRoot, 'scenarios', name))
  return join(await keep({ name: 'load', sources, make: bundleLoad }, places), 'journey.js')
}

async function passingBundle(source: string): Promise<ServiceBundle & AsyncDisposable> {
  const into = await mkdtemp(join(tmpdir(), 'seawall-bundle-'))
  const remove = () => rm(into, { recursive: true, force: true })
  try {
    return { ...(await bundleService({ source, into, packages })), [Symbol.asyncDispose]: remove }
  } catch (error) {
    await remove()
    throw error
  }
}

interface KeptBundle {
  readonly name: string
  /** Every source in these folders counts, and the locked packages. */
  readonly sources: readonly string[]
  make(into: string): Promise<unknown>
}

/** The folder of what `make` made of these very sources; made now if it is not there. */
async function keep(bundle: KeptBundle, { projectRoot: root, kept: keptIn }: BundlePlaces): Promise<string> {
  const kept = join(root, keptIn)
  const into = join(kept, `${bundle.name}-${await hashOf(bundle, root)}`)
  if (await isThere(into)) {
    const now = new Date()
    await utimes(into, now, now)
    return into
  }
  // Beside its place and moved there whole: another run may make the same one just now, and either will do.
  const beside = `${into}.${process.pid}`
  try {
    await bundle.make(beside)
    await rename(beside, into).catch(async (error: unknown) => {
      if (!(await isThere(into))) throw error
    })
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  await removeOld(kept)
  return into
}

async function hashOf({ sources }: KeptBundle, root: string): Promise<string> {
  const files: string[] = [join(root, 'package-lock.json')]
  for (const folder of sources) {
    const names = await readdir(folder, { recursive: true })
    files.push(...names.filter((name) => /(?<!\.test)\.ts$/.test(name)).map((name) => join(folder, name)))
  }
  const hash = createHash('sha256')
  const read = files.sort().map(async (file) => [relative(root, file), await readFile(file)] as const)
  for (const [file, content] of await Promise.all(read)) {
    hash.update(`${file}:${content.length}:`).update(content)
  }
  return hash.digest('hex').slice(0, 12)
}

async function removeOld(kept: string): Promise<void> {
  for (const name of await readdir(kept)) {
    const folder = join(kept, name)
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > keptMs) await rm(folder, { recursive: true, force: true })
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
