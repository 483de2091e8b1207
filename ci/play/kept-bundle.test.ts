import { cp, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BundlePlaces, loadBundle, serviceBundle } from './kept-bundle.ts'

describe('a bundle that is kept', () => {
  let folder: string
  let places: BundlePlaces
  let sources: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seawall-kept-'))
    places = { projectRoot: folder, kept: 'kept' }
    sources = join(folder, 'system-under-test')
    await writeFile(join(folder, 'package-lock.json'), '{}')
    for (const name of ['api', 'worker']) {
      await cp(import.meta.filename, join(sources, name, 'a.test.ts'))
      await writeFile(join(sources, name, 'main.ts'), "import { word } from '../word.ts'; console.log(word)")
    }
    await writeFile(join(sources, 'word.ts'), "export const word = 'first'")
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const bundled = async () => {
    await using bundle = await serviceBundle(sources, places)
    const { mtimeMs } = await stat(bundle.api)
    return { api: bundle.api, text: await readFile(bundle.worker, 'utf8'), mtimeMs }
  }

  it('is made once for the same sources', async () => {
    const first = await bundled()
    expect(first.text).toContain('first')
    await writeFile(join(sources, 'api/a.test.ts'), 'a test is in no bundle')
    expect(await bundled()).toEqual(first)
    expect(await readdir(join(folder, 'kept'))).toHaveLength(1)
  })

  it.each([
    ['a source that is imported', 'system-under-test/word.ts', "export const word = 'second'"],
    ['the packages', 'package-lock.json', '{"packages":{}}'],
  ])('is made anew when %s changes', async (_, file, text) => {
    const first = await bundled()
    await writeFile(join(folder, file), text)
    const second = await bundled()
    expect(second.api).not.toBe(first.api)
    if (file.endsWith('.ts')) expect(second.text).toContain('second')
  })

  it('is not there where the sources cannot be built, and says why', async () => {
    await writeFile(join(sources, 'api/main.ts'), 'import "./nowhere.ts"')
    await expect(bundled()).rejects.toThrow('nowhere.ts')
    expect(await readdir(join(folder, 'kept')).catch(() => [])).toEqual([])
  })

  it('goes when nobody can need it any more', async () => {
    const { api } = await bundled()
    const old = new Date(Date.now() - 25 * 3_600_000)
    await utimes(join(api, '..'), old, old)
    await writeFile(join(sources, 'word.ts'), "export const word = 'second'")
    await bundled()
    await expect(stat(api)).rejects.toThrow('ENOENT')
  })

  it('stays while it is asked for', async () => {
    const { api } = await bundled()
    const old = new Date(Date.now() - 25 * 3_600_000)
    await utimes(join(api, '..'), old, old)
    await bundled()
    expect((await stat(join(api, '..'))).mtimeMs).toBeGreaterThan(old.getTime())
  })

  it('of the load is one script, which needs nothing but k6', async () => {
    const script = await readFile(await loadBundle(), 'utf8')
    expect(script).toContain('handleSummary')
    expect(
      [...script.matchAll(/ from "([^"]+)"/g)].filter(([, from]) => !/^k6(\/|$)/.test(from as string)),
    ).toEqual([])
  })

  it('of a patched copy is gone at the end', async () => {
    let api: string
    {
      await using bundle = await serviceBundle(sources, { ...places, projectRoot: join(folder, 'elsewhere') })
      api = bundle.api
      expect((await stat(api)).isFile()).toBe(true)
    }
    await expect(stat(api)).rejects.toThrow('ENOENT')
    expect(await readdir(folder)).not.toContain('kept')
  })
})
