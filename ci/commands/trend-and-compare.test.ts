import { describe, expect, it } from 'vitest'
import { recordFixture } from '../../reports/record.fixture.ts'
import { sparkline } from '../../reports/render/trend.ts'
import { reportsFixture } from '../../reports/run-folder.fixture.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { addCompareCommand, addCompareCommandWith, type ComparePlayer } from './compare.ts'
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
    expect(out).not.toContain('side by side')
    const other = await reports.run(runAt(3, 0.999, { system: 'after the redesign' }))
    const typed = await type(addCompareCommand, ['compare', before, other, '--reports', reports.root])
    expect(typed.out).toMatch(/their system differs: .*; the report of either puts the two side by side/)
  })
})

describe('seawall compare --rerun', () => {
  const commit = recordFixture().commit
  /** A run that is worse than the good ones before it, played again with these results. */
  async function again(words: readonly string[], results: readonly Partial<RunRecord>[], player = {}) {
    await using reports = await reportsFixture()
    const folders: string[] = []
    for (const [day, value] of [0.999, 0.998, 0.999, 0.95].entries()) {
      folders.push(await reports.run(runAt(day, value, value < 0.99 ? { verdict: 'fail' } : {})))
    }
    const left = [...results]
    const played: string[] = []
    const fake: ComparePlayer = {
      commit: async () => commit,
      async play({ replay }) {
        played.push(replay)
        return recordFixture(left.shift())
      },
      ...player,
    }
    const typed = await type(
      (program, io) => addCompareCommandWith(fake, program, io),
      [
        'compare',
        ...folders.slice(...(words.includes('--good') ? [0, 2] : [-2])),
        ...words.filter((word) => word !== '--good'),
        '--reports',
        reports.root,
      ],
    )
    return { ...typed, played }
  }
  const bad = {
    verdict: 'fail',
    objectives: [{ ...objective, value: 0.96, verdict: 'fail' }] as never,
  } as const
  const good = { objectives: [{ ...objective, value: 0.999 }] as never }

  it('calls a run that is worse again with its seed a regression, and ends with 1', async () => {
    const { out, exitCode, played } = await again(['--rerun', '3'], [good, bad, good])
    expect(exitCode).toBe(1)
    expect(played).toEqual(Array(2).fill('npm run spike -- --seed 8f3a'))
    expect(out).toContain('it is a regression: its seed showed it again')
    expect(out).toMatch(/again: {2}\S+, pass: not so\nagain: {2}\S+, fail: the same/)
  })

  it('sees it in a run that kept its limit and is still worse than the noise', async () => {
    const slow = { objectives: [{ ...objective, value: 0.991 }] as never }
    expect((await again(['--rerun', '1'], [slow])).exitCode).toBe(1)
  })

  it('calls it a flake where its seed does not show it again: nobody can say, and it ends with 2', async () => {
    const other = {
      verdict: 'fail',
      promises: [{ ...recordFixture().promises[0], verdict: 'fail' }] as never,
      ...good,
    } as const
    const { out, exitCode } = await again(['--rerun', '2', '--json'], [good, other])
    expect(exitCode).toBe(2)
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'unknown',
      reruns: { answer: 'flake', runs: [{ verdict: 'pass', showsAgain: false }, { showsAgain: false }] },
    })
  })

  it('is not acquitted by runs that cannot say', async () => {
    const { out, exitCode } = await again(['--rerun', '1'], [{ verdict: 'unknown' }])
    expect(exitCode).toBe(1)
    expect(out).toContain('no run could say')
  })

  it('plays nothing where the later run is not worse, or where nobody asked', async () => {
    expect(await again(['--good', '--rerun', '2'], [])).toMatchObject({ played: [], exitCode: 2 })
    expect(await again([], [])).toMatchObject({ played: [], exitCode: 1 })
  })

  it('refuses to play another commit in its place, and an absurd number of runs', async () => {
    await expect(again(['--rerun', '1'], [], { commit: async () => 'abc' })).rejects.toThrow(
      /HARNESS_CONFIG_INVALID: expected to play run .* again with its commit 0123456.*, and got a checkout of abc/,
    )
    await expect(again(['--rerun', '0'], [])).rejects.toThrow(/--rerun must be a whole number/)
  })
})
