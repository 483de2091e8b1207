import { describe, expect, it } from 'vitest'
import { recordFixture } from '../../reports/record.fixture.ts'
import { sparkline } from '../../reports/render/trend.ts'
import { reportsFixture } from '../../reports/run-folder.fixture.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { addCompareCommand } from './compare.ts'
import { type } from './io.fixture.ts'
import { addTrendCommand } from './trend.ts'

const [objective] = recordFixture().objectives
const runAt = (day: number, value: number, changes: Partial<RunRecord> = {}) =>
  recordFixture({
    seed: `s${day}`,
    startedAt: `2026-11-${10 + day}T06:30:00.000Z`,
    objectives: [{ ...objective, value, verdict: value >= 0.99 ? 'pass' : 'fail' }] as never,
    ...changes,
  })

describe('seawall trend', () => {
  it('shows the newest runs, oldest first, and how each objective moved', async () => {
    await using reports = await reportsFixture()
    for (const [day, value] of [0.999, 0.998, 0.995].entries()) await reports.run(runAt(day, value))
    const { out } = await type(addTrendCommand, ['trend', '--last', '2', '--reports', reports.root])
    expect(out).toMatch(/^✓ 2026-11-11T06:30 {2}spike {2}seed s1 .*\n✓ 2026-11-12T06:30/)
    expect(out).toContain('spike availability: █▁ 99.5 %')
  })

  it('says what to do where there is no run yet, and refuses an absurd count', async () => {
    await using reports = await reportsFixture()
    expect((await type(addTrendCommand, ['trend', '--reports', reports.root])).out).toMatch(/npm run spike/)
    await expect(type(addTrendCommand, ['trend', '--last', '0'])).rejects.toThrow(/whole number from 1/)
  })

  it('draws equal values flat, and nothing for nothing', () => {
    expect(sparkline([5, 5, 5])).toBe('▁▁▁')
    expect(sparkline([])).toBe('')
  })
})

describe('seawall compare', () => {
  async function compare(...values: number[]) {
    await using reports = await reportsFixture()
    const folders: string[] = []
    for (const [day, value] of values.entries()) folders.push(await reports.run(runAt(day, value)))
    return await type(addCompareCommand, ['compare', ...folders.slice(-2), '--reports', reports.root])
  }

  it('ends with 1 for a run that is worse beyond the noise', async () => {
    const { out, exitCode } = await compare(0.999, 0.998, 0.999, 0.95)
    expect(exitCode).toBe(1)
    expect(out).toMatch(/worse +availability: 99\.9 %, then 95 % \(usual: 99\.9 %, .* in 3 good runs\)/)
    expect(out).toContain('the later run is: worse')
  })

  it('ends with 0 within the noise, and with 2 where nobody knows the noise', async () => {
    expect((await compare(0.999, 0.998, 0.999, 0.997)).exitCode).toBe(0)
    expect((await compare(0.999, 0.995)).exitCode).toBe(2)
  })

  it('does not compare what is not alike', async () => {
    await using reports = await reportsFixture()
    const before = await reports.run(runAt(1, 0.999))
    const after = await reports.run(runAt(2, 0.999, { faults: [] }))
    const { out, exitCode } = await type(addCompareCommand, [
      'compare',
      before,
      after,
      '--reports',
      reports.root,
    ])
    expect(exitCode).toBe(2)
    expect(out).toContain('cannot be compared: their faults differs: 1, then 0')
  })
})
