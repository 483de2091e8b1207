import { describe, expect, it } from 'vitest'
import { faultTable, optionsInWords } from './fault-table.ts'
import { faultKindOf, faultKinds } from './list.ts'

describe('the table of faults', () => {
  it('has a row for each kind, of as many cells as the head', () => {
    const [head = '', , ...rows] = faultTable().split('\n')
    expect(rows).toHaveLength(faultKinds.length)
    const bars = (line: string) => line.match(/(?<!\\)\|/g)?.length
    for (const row of rows) expect(bars(row), row).toBe(bars(head))
  })

  it('says what each kind can be told', () => {
    expect(optionsInWords(faultKindOf('latency'))).toEqual([
      'latencyMs=300',
      'direction=downstream (upstream, downstream, both)',
    ])
    expect(optionsInWords(faultKindOf('partition'))).toEqual(['from (optional)'])
    expect(optionsInWords(faultKindOf('noop'))).toEqual([])
  })
})
