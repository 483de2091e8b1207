import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { spikeHistory } from './history.fixture.ts'
import { readRun } from './read-run.ts'
import { recordFixture } from './record.fixture.ts'
import { renderAll } from './render-all.ts'
import { type ReportsFixture, reportsFixture } from './run-folder.fixture.ts'
import type { RunRecord } from './run-record.ts'

const [objective] = recordFixture().objectives
const runAt = (reports: ReportsFixture, day: number, changes: Partial<RunRecord> = {}) =>
  reports.run(recordFixture({ seed: `s${day}`, startedAt: `2026-11-${10 + day}T06:30:00.000Z`, ...changes }))

describe('a run beside earlier ones', () => {
  it('is compared with the last good run before it, and with the last control run', async () => {
    await using reports = await reportsFixture()
    await runAt(reports, 1)
    const good = await runAt(reports, 2)
    await runAt(reports, 3, { verdict: 'fail' })
    await runAt(reports, 4, { mutant: 'M01' })
    const control = await runAt(reports, 5, { faults: [] })
    const folder = await runAt(reports, 6, { objectives: [{ ...objective, value: 0.992 }] as never })
    await runAt(reports, 7)
    const run = await readRun(folder)
    expect(run.lastGood?.run.runId).toBe(basename(good))
    expect(run.control?.run.runId).toBe(basename(control))
    expect(run.lastGood?.differences[0]).toMatchObject({ before: 0.9981, after: 0.992 })
  })

  it('is put beside the last good run of another system, whichever of the two was first', async () => {
    await using reports = await reportsFixture()
    await runAt(reports, 1, { system: 'orders after the redesign' })
    const folder = await runAt(reports, 2, { verdict: 'fail', sentence: '3 orders are lost' })
    await runAt(reports, 3, { system: 'orders after the redesign', sentence: 'All <promises> kept.' })
    await runAt(reports, 4, { system: 'orders with a bug', mutant: 'M01' })
    await runAt(reports, 5, { system: 'orders after the redesign', verdict: 'fail' })
    expect((await readRun(folder)).otherSystem?.record.sentence).toBe('All <promises> kept.')
    await renderAll(folder)
    const page = await readFile(join(folder, 'report.html'), 'utf8')
    const table = page.slice(
      page.indexOf('<section id="side-by-side"'),
      page.indexOf('<section id="comparison"'),
    )
    expect(table).toMatch(/3 orders are lost<.*All &lt;promises&gt; kept\./)
    expect(table).toContain('orders after the redesign')
    expect(table).toMatch(/accepts 99 % of the orders.*99\.81 %.*99\.81 %/)
  })

  it('is put beside a service that fell, where that is all there is, with its drawing', async () => {
    await using reports = await reportsFixture()
    const history = Array.from(spikeHistory(), (line) => `${JSON.stringify(line)}\n`).join('')
    const fallen = { system: 'before the redesign', verdict: 'fail', sentence: '71 were doubled' } as const
    await reports.run(
      recordFixture({ ...fallen, seed: 'old', startedAt: '2026-11-10T06:30:00.000Z' }),
      history,
    )
    await runAt(reports, 1, { system: 'before the redesign', verdict: 'unknown' })
    await runAt(reports, 2, { system: 'with a bug', verdict: 'fail', mutant: 'M01' })
    const folder = await reports.run(recordFixture({ startedAt: '2026-11-14T06:30:00.000Z' }), history)
    const { otherSystem } = await readRun(folder)
    expect(otherSystem?.record.sentence).toBe('71 were doubled')
    expect(otherSystem?.report).toBe('../2026-11-10T06-30-00Z-old/report.html')
    await renderAll(folder)
    const page = await readFile(join(folder, 'report.html'), 'utf8')
    expect(page).toContain('<a href="../2026-11-10T06-30-00Z-old/report.html">')
    expect(page.match(/<figure class="small-chart">/g)).toHaveLength(3)
    expect(page).toMatch(
      /aria-label="Accepted orders, over 1 min. orders: [\d,]+\/s at most; before the redesign: /,
    )
  })

  it('has none of them where it is the first', async () => {
    await using reports = await reportsFixture()
    const run = await readRun(await runAt(reports, 1))
    expect(run).not.toHaveProperty('lastGood')
    expect(run).not.toHaveProperty('control')
    expect(run).not.toHaveProperty('otherSystem')
  })

  it('is found through the link to the latest run as well', async () => {
    await using reports = await reportsFixture()
    await runAt(reports, 1)
    await runAt(reports, 2)
    expect((await readRun(join(reports.root, 'runs/latest'))).lastGood).toBeDefined()
  })
})

describe('the page of all runs', () => {
  it('lists every finished run with a link to its report, newest first', async () => {
    await using reports = await reportsFixture()
    await runAt(reports, 1, { verdict: 'fail', sentence: '1 order is lost' })
    const folder = await runAt(reports, 2)
    await renderAll(folder)
    const page = await readFile(join(reports.root, 'index.html'), 'utf8')
    expect([...page.matchAll(/href="([^"]+)"/g)].map(([, address]) => address)).toEqual([
      'runs/spike/2026-11-12T06-30-00Z-s2/report.html',
      'runs/spike/2026-11-11T06-30-00Z-s1/report.html',
    ])
    expect(page).toContain('1 order is lost')
    expect(page).not.toContain('<script')
  })
})
