import { describe, expect, it } from 'vitest'
import { Aggregate } from '../aggregate/aggregate.ts'
import { recordFixture } from '../record.fixture.ts'
import { chartData } from './chart-data.ts'
import { passedPage } from './page.fixture.ts'

describe('the data of the charts', () => {
  it('gives rates a second, and the load that was asked for where it lies in the run', () => {
    const charts = chartData(passedPage())?.charts
    const asked = charts?.[0]?.lines.find(({ name }) => name === 'asked for')?.values
    // The load begins 10 s after the run; 20/s, then 100/s from its 15th second.
    expect([asked?.[5], asked?.[12], asked?.[30]]).toEqual([0, 20, 100])
  })

  it('puts readings of one name into one chart, and names them by their labels', () => {
    const memory = chartData(passedPage())?.charts.find(({ title }) => title === 'Memory bytes')
    expect(memory?.lines.map(({ name }) => name)).toEqual(['broker', 'worker-1'])
  })

  it('begins where there is something to see', () => {
    expect(chartData(passedPage())?.firstBin).toBe(9)
  })

  it('begins at the start where nothing is ever seen, and is nothing without a history', () => {
    const { record } = passedPage()
    const aggregate = new Aggregate(record.load)
    aggregate.see({ kind: 'observation', timeMs: 5_000, name: 'queue-depth', value: 0 })
    expect(chartData({ record, data: aggregate.end() })?.firstBin).toBe(0)
    expect(chartData({ record: recordFixture() })).toBeNull()
  })
})
