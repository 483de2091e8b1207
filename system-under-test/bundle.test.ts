import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleService, type ServiceBundle } from './bundle.ts'

const packages = resolve(import.meta.dirname, '../node_modules')
// Building takes seconds, and much more on a machine that builds other things too.
const patienceMs = 300_000

describe('the bundled service', () => {
  let folder: string
  let bundle: ServiceBundle

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'order-intake-'))
    // From a copy that has no packages beside it, as a patched one.
    const source = join(folder, 'copy')
    const filter = (path: string) => !/\/(topology|mutants|fragile)$/.test(path)
    await cp(import.meta.dirname, source, { recursive: true, filter })
    bundle = await bundleService({ source, into: join(folder, 'out'), packages })
  }, patienceMs)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(['api', 'worker', 'autoscaler'] as const)(
    'is one file that runs: the %s names every problem of its settings, and exits with 64',
    (process) => {
      const run = spawnSync(globalThis.process.execPath, [bundle[process] ?? 'none'], {
        env: { HTTP_PORT: 'x', PREFETCH: '0', SCALE_EVERY_MS: '0' },
        encoding: 'utf8',
      })
      expect(run.stderr).toMatch(/2 problem\(s\)[\s\S]*HTTP_PORT[\s\S]*(PREFETCH|SCALE_EVERY_MS)/)
      expect(run.status).toBe(64)
    },
    patienceMs,
  )

  it(
    'is refused with every error of a source that cannot be built',
    async () => {
      const broken = join(folder, 'broken')
      await cp(join(folder, 'copy'), broken, { recursive: true })
      await writeFile(join(broken, 'api/main.ts'), 'import { a } from "./nowhere.ts"; a(')
      await writeFile(join(broken, 'worker/main.ts'), 'import "./nowhere-else.ts"')
      const built = bundleService({ source: broken, into: join(folder, 'none'), packages })
      await expect(built).rejects.toThrow(/2 errors/)
    },
    patienceMs,
  )
})
