import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundleProcesses } from '../bundle.ts'
import { stackInSources } from './stack-in-sources.ts'

describe('the stack of a process that ends by an error', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seawall-stack-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('names the line of the source, not of the bundle', async () => {
    const own = JSON.stringify(join(import.meta.dirname, 'stack-in-sources.ts'))
    await writeFile(
      join(folder, 'deep.ts'),
      '\n\nexport function fail(): never {\n  throw new Error("deep down")\n}\n',
    )
    await writeFile(
      join(folder, 'main.ts'),
      `import { tellLastStackInSources } from ${own}\nimport { fail } from './deep.ts'\ntellLastStackInSources()\nfail()\n`,
    )
    await bundleProcesses({
      entryPoints: { main: join(folder, 'main.ts') },
      into: join(folder, 'out'),
      packages: folder,
    })
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'out/main.mjs')], {
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/Error: deep down\n\s+at fail \(.*deep\.ts:4:\d+\)\n\s+at .*main\.ts:4:\d+/)
  })

  it('stays as it is where there is no map, and where it names other files', () => {
    const stack = 'Error: x\n    at a (/service/main.mjs:1:1)\n    at node:internal/process:5:5'
    expect(stackInSources(stack, '/service/main.mjs', 'throw 1')).toBe(stack)
  })
})
