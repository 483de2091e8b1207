import { describe, expect, it } from 'vitest'
import { counted, withGood } from './counted.fixture.ts'
import { judge } from './judge.ts'

describe('duplicated', () => {
  it('is an order with two effects', () => {
    const lines = withGood()
      .submit('a')
      .ok()
      .found('a', { effects: ['e1', 'e2'] })
      .readComplete()
    expect(judge(lines)).toMatchObject({
      verdict: 'fail',
      reasons: ['1 order is duplicated'],
      examples: { duplicated: ['a'] },
    })
    expect(counted(lines)).toEqual({ attempted: 2, acknowledged: 2, stored: 2, duplicated: 1 })
  })

  it('counts entries, so that the same effect twice is two', () => {
    const lines = withGood()
      .submit('a')
      .ok()
      .found('a', { effects: ['e1', 'e1'] })
      .readComplete()
    expect(judge(lines).examples).toEqual({ duplicated: ['a'] })
  })

  it('is an order with two lines of the store, even without any effect', () => {
    const lines = withGood().submit('a').ok().found('a', { effects: [] }).found('a', { effects: [] })
    expect(judge(lines.readComplete()).examples).toEqual({ lost: ['a'], duplicated: ['a'] })
  })

  it('is an unsure, refused or unknown order too', () => {
    const twice = { effects: ['e1', 'e2'] }
    const lines = withGood().submit('a').info().submit('b').fail()
    const result = judge(lines.found('a', twice).found('b', twice).found('c', twice).readComplete())
    expect(result.examples).toEqual({ duplicated: ['a', 'b', 'c'], phantom: ['c'], resurrected: ['b'] })
    expect(result.counts.recovered).toBe(0)
  })

  it('is no order that is twice in the dead letters or twice in the queue', () => {
    const lines = withGood()
      .found('good', { place: 'queue' })
      .found('good', { place: 'queue' })
      .readComplete()
    expect(judge(lines).counts.duplicated).toBe(0)
  })
})
