import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRecord } from './read-record.ts'
import { recordFixture } from './record.fixture.ts'
import { renderAll } from './render-all.ts'
import { openRecord } from './write-record.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'seawall-record-'))
})
afterEach(() => rm(root, { recursive: true }))

const startedAt = new Date('2026-11-24T06:30:00.123Z')
const options = () => ({ root, experiment: 'spike', seed: '8f3a', startedAt })

describe('the writer of a run record', () => {
  it('names the folder by time and seed, and points both latest links at it', async () => {
    const { folder, runId } = await openRecord(options())
    expect(runId).toBe('2026-11-24T06-30-00Z-8f3a')
    expect(folder).toBe(join(root, 'runs/spike', runId))
    expect(await readlink(join(root, 'runs/spike/latest'))).toBe(runId)
    expect(await readlink(join(root, 'runs/latest'))).toBe(join('spike', runId))
  })

  it('gives two runs of one second two folders', async () => {
    const opened = await Promise.all([openRecord(options()), openRecord(options()), openRecord(options())])
    expect(new Set(opened.map(({ folder }) => folder)).size).toBe(3)
  })

  it('takes another name where the first is claimed by a run that has its folder elsewhere', async () => {
    const taken = new Set(['2026-11-24T06-30-00Z-8f3a', '2026-11-24T06-30-00Z-8f3a-2'])
    const claim = async (runId: string) => !taken.has(runId)
    const { folder, runId } = await openRecord({ ...options(), claim })
    expect(runId).toBe('2026-11-24T06-30-00Z-8f3a-3')
    expect(await readdir(join(root, 'runs/spike'))).not.toContain('2026-11-24T06-30-00Z-8f3a-2')
    expect(folder).toBe(join(root, 'runs/spike', runId))
  })

  it('never leaves the root, whatever the names are', async () => {
    const { folder } = await openRecord({ ...options(), experiment: '../../up', seed: '/etc/..' })
    expect(folder.startsWith(join(root, 'runs', '-up'))).toBe(true)
  })

  it('reads back what it wrote, and keeps no draft', async () => {
    const writer = await openRecord(options())
    await writer.write(recordFixture({ verdict: undefined }))
    await writer.write(recordFixture())
    expect(await readRecord(writer.folder)).toEqual(recordFixture())
    expect(await readdir(writer.folder)).toEqual(['run.json'])
  })

  it('adds one row a finished run to the history', async () => {
    for (const seed of ['1', '2']) {
      const writer = await openRecord({ ...options(), seed })
      await writer.finish(recordFixture({ seed }))
    }
    const rows = (await readFile(join(root, 'history.ndjson'), 'utf8')).trimEnd().split('\n')
    expect(rows.map((row) => JSON.parse(row).seed)).toEqual(['1', '2'])
  })

  it('renders every format of a record', async () => {
    const writer = await openRecord(options())
    await writer.finish(recordFixture())
    const { files } = await renderAll(writer.folder)
    expect((await readdir(writer.folder)).sort()).toEqual(
      ['annotations.json', 'junit.xml', 'replay.txt', 'report.html', 'run.json', 'summary.md'].sort(),
    )
    expect(files).toContain(join(writer.folder, 'report.html'))
  })

  it('refuses a folder without a record, naming what it expected', async () => {
    await expect(renderAll(root)).rejects.toThrow(/HARNESS_RECORD_INVALID.*run\.json/s)
  })
})
