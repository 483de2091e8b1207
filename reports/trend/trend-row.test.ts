import { describe, expect, it } from 'vitest'
import { recordFixture } from '../record.fixture.ts'
import { parseTrend } from './read-trend.ts'
import { trendRow } from './trend-row.ts'

const [objective] = recordFixture().objectives
const betterOf = (changes: object) => {
  const record = recordFixture({ objectives: [{ ...objective, ...changes }] as never })
  return trendRow(record, '').objectives.availability?.better
}

describe('a row of the history', () => {
  it('finds the good side of a limit by what the verdict says of the value', () => {
    expect(betterOf({ verdict: 'pass', value: 0.999, limit: 0.99 })).toBe('higher')
    expect(betterOf({ verdict: 'fail', value: 0.9, limit: 0.99 })).toBe('higher')
    expect(betterOf({ verdict: 'pass', value: 0.05, limit: 0.1 })).toBe('lower')
    expect(betterOf({ verdict: 'fail', value: 0.2, limit: 0.1 })).toBe('lower')
    expect(betterOf({ verdict: 'unknown', value: 3, limit: 4, unit: 'ms' })).toBe('lower')
  })

  it('leaves out what has no value, and calls a run without a verdict unknown', () => {
    const record = recordFixture({
      verdict: undefined,
      objectives: [{ ...objective, value: undefined }] as never,
    })
    expect(trendRow(record, 'runs/x')).toMatchObject({ verdict: 'unknown', objectives: {} })
  })

  it('survives torn lines and lines of another kind, and counts them', () => {
    const line = JSON.stringify(trendRow(recordFixture(), 'runs/x'))
    const { rows, torn } = parseTrend(`${line}\n{"runId":"torn\n\n${line}\n[1]\n`)
    expect(rows).toHaveLength(2)
    expect(torn).toBe(2)
  })
})
