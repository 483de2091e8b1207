import { describe, expect, it } from 'vitest'
import { stockAddsUp } from './stock-adds-up.ts'

function judge(readings: Readonly<Record<string, number>>) {
  const judging = stockAddsUp.begin()
  for (const [name, value] of Object.entries(readings)) {
    judging.see({ kind: 'observation', timeMs: 1, name, value })
  }
  return judging.end()
}

describe('the promise that the stock adds up', () => {
  it('is kept where as much is put aside as is ordered, order by order', () => {
    const kept = judge({ 'pieces-ordered': 12, 'pieces-held': 12, 'orders-astray': 0 })
    expect(kept).toMatchObject({ verdict: 'pass', examined: 12, reasons: [] })
  })

  it('is broken by pieces of an order that was refused, also where the sums are the same by chance', () => {
    const broken = judge({ 'pieces-ordered': 12, 'pieces-held': 12, 'orders-astray': 2 })
    expect(broken.verdict).toBe('fail')
    expect(broken.reasons[0]).toContain('2 orders have more or fewer')
    expect(judge({ 'pieces-ordered': 12, 'pieces-held': 13, 'orders-astray': 0 }).verdict).toBe('fail')
  })

  it.each<Readonly<Record<string, number>>>([
    {},
    { 'pieces-ordered': 0, 'pieces-held': 0, 'orders-astray': 0 },
  ])('is unknown without evidence', (none) => {
    expect(judge(none)).toMatchObject({ verdict: 'unknown', examined: 0 })
  })
})
