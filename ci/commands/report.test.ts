import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordFixture } from '../../reports/record.fixture.ts'
import { reportsFixture } from '../../reports/run-folder.fixture.ts'
import { type } from './io.fixture.ts'
import { addReportCommand } from './report.ts'

describe('seawall report', () => {
  it('renders a stored run again, prints its verdict, and ends well even if the run did not', async () => {
    await using reports = await reportsFixture()
    const folder = await reports.run(recordFixture({ verdict: 'fail', exitCode: 1 }))
    const { out, exitCode } = await type(addReportCommand, ['report', folder, '--reports', reports.root])
    expect(exitCode).toBe(0)
    expect(out).toContain('FAIL  spike')
    expect(out).toContain(join(folder, 'report.html'))
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/)
  })

  it('prints nothing but the record with --json', async () => {
    await using reports = await reportsFixture()
    await reports.run(recordFixture())
    const { out } = await type(addReportCommand, ['report', '--json', '--reports', reports.root])
    expect(JSON.parse(out).experiment).toBe('spike')
  })

  it('colours for a terminal only, and never with NO_COLOR', async () => {
    await using reports = await reportsFixture()
    await reports.run(recordFixture())
    const words = ['report', '--reports', reports.root]
    expect((await type(addReportCommand, words, { isTerminal: true })).out).toContain('\u001b[32m')
    expect((await type(addReportCommand, words)).out).not.toContain('\u001b')
    const quiet = await type(addReportCommand, words, { isTerminal: true, env: { NO_COLOR: '1' } })
    expect(quiet.out).not.toContain('\u001b')
  })
})
