import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRuns, incomparable } from './compare.ts'
import { recordFixture } from './record.fixture.ts'
import { goodRunsLike, usualRange } from './trend/noise.ts'
import { type Measure, type TrendRow, trendRow } from './trend/trend-row.ts'

const base = trendRow(recordFixture(), 'runs/spike/x')
let day = 0
const row = (objectives: Record<string, Measure>, changes: Partial<TrendRow> = {}): TrendRow => {
  day += 1
  const startedAt = new Date(Date.UTC(2026, 0, day)).toISOString()
  return { ...base, runId: `run-${day}`, startedAt, objectives, ...changes }
}
const ms = (value: number): Measure => ({ value, limit: 1_000, unit: 'ms', better: 'lower' })
const share = (value: number): Measure => ({ value, limit: 0.98, unit: 'ratio', better: 'higher' })

/** How a run with the last of these values compares with the one before it. */
function judgements(name: string, measures: readonly Measure[]) {
  const rows = measures.map((measure) => row({ [name]: measure }))
  const [before, after] = rows.slice(-2) as [TrendRow, TrendRow]
  return compareRuns(before, after, rows.slice(0, -1))[0]?.judgement
}

describe('comparing two runs', () => {
  it('calls a time worse or better only beyond what good runs differ by', () => {
    const good = [100, 130, 90, 110].map(ms)
    expect(judgements('p99', [...good, ms(150)])).toBe('same')
    expect(judgements('p99', [...good, ms(400)])).toBe('worse')
    expect(judgements('p99', [...[400, 420, 410, 405].map(ms), ms(100)])).toBe('better')
  })

  it('judges a ratio that should be high by what it misses', () => {
    const good = [0.999, 0.998, 0.999, 0.999].map(share)
    expect(judgements('availability', [...good, share(0.997)])).toBe('same')
    expect(judgements('availability', [...good, share(0.95)])).toBe('worse')
  })

  it('cannot say where there are too few good runs, and needs none for what is equal', () => {
    expect(judgements('p99', [ms(100), ms(120)])).toBe('unclear')
    expect(judgements('p99', [ms(100), ms(100)])).toBe('same')
  })

  it('cannot say where one run has no value', () => {
    const [before, after] = [row({ p99: ms(1) }), row({})]
    expect(compareRuns(before, after, [])).toEqual([
      { objective: 'p99', unit: 'ms', before: 1, after: undefined, usual: undefined, judgement: 'unclear' },
    ])
  })

  it('names why two runs cannot be compared', () => {
    expect(incomparable(row({}), row({}))).toBeUndefined()
    expect(incomparable(row({}), row({}, { load: 'soak', faults: 0 }))).toMatch(
      /load differs.*; their faults differs: 1, then 0/,
    )
  })
})

describe('the noise of good runs', () => {
  it('leaves out mutants, red runs, other loads, and the run itself', () => {
    const after = row({ p99: ms(1) })
    const rows = [
      row({}, { startedAt: base.startedAt.replace('2026', '2020'), runId: 'good' }),
      row({}, { mutant: 'M01' }),
      row({}, { verdict: 'fail' }),
      row({}, { load: 'another' }),
      after,
    ]
    expect(goodRunsLike({ ...after, startedAt: '2030-01-01' }, rows).map(({ runId }) => runId)).toEqual([
      'good',
    ])
  })

  it('never looks into the future of a run', () => {
    const [first, second] = [row({}), row({})]
    expect(goodRunsLike(first, [second])).toEqual([])
  })

  it('takes names from the objectives only, never from what all objects have', () => {
    expect(usualRange('constructor', [row({}), row({}), row({})])).toBeUndefined()
  })

  it('puts the worst usual value on the bad side of the median, for all values', () => {
    const values = fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(values, (list) => {
        const low = usualRange(
          'x',
          list.map((value) => row({ x: { ...ms(value), limit: 1 } })),
        )
        const high = usualRange(
          'x',
          list.map((value) => row({ x: share(value) })),
        )
        expect(low?.worst).toBeGreaterThan(low?.median as number)
        expect(high?.worst).toBeLessThan(high?.median as number)
      }),
    )
  })
})
