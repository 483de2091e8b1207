import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findRun } from './find-run.ts'
import { recordFixture } from './record.fixture.ts'
import { reportsFixture } from './run-folder.fixture.ts'

describe('finding a run', () => {
  it('takes a folder, a file in it, an id, an experiment, or nothing for the latest', async () => {
    await using reports = await reportsFixture()
    const older = await reports.run(recordFixture({ seed: 'a', startedAt: '2026-11-24T06:30:00Z' }))
    const newer = await reports.run(recordFixture({ seed: 'b', startedAt: '2026-11-24T06:40:00Z' }))
    expect(await findRun(reports.root, older)).toBe(older)
    expect(await findRun(reports.root, join(older, 'run.json'))).toBe(older)
    expect(await findRun(reports.root, basename(newer))).toBe(newer)
    expect(await findRun(reports.root, 'spike')).toBe(join(reports.root, 'runs/spike/latest'))
    expect(await findRun(reports.root, undefined)).toBe(join(reports.root, 'runs/latest'))
  })

  it('names the experiments that were played where it finds nothing', async () => {
    await using reports = await reportsFixture()
    await expect(findRun(reports.root, undefined)).rejects.toThrow(/play one first: npm run spike/)
    await reports.run(recordFixture())
    await expect(findRun(reports.root, 'spkie')).rejects.toThrow(/no run\.json.*were played: spike/s)
  })
})
