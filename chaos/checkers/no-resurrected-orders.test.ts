import { describe, expect, it } from 'vitest'
import { counted, withGood } from './counted.fixture.ts'
import { judge } from './judge.ts'

describe('resurrected', () => {
  it('is a refused order in any place', () => {
    const lines = withGood().submit('a').fail().submit('b').fail().submit('c').fail()
    lines.found('a').found('b', { place: 'dead-letter' }).found('c', { place: 'queue' }).readComplete()
    expect(judge(lines)).toMatchObject({
      verdict: 'fail',
      examples: { resurrected: ['a', 'b', 'c'], stuck: ['c'] },
    })
    expect(judge(lines).counts).toMatchObject({ refused: 3, resurrected: 3, misplaced: 0 })
  })

  it('is no order of which one attempt may have happened', () => {
    const lines = withGood().submit('a').fail().submit('a').info().found('a').readComplete()
    expect(counted(lines)).toEqual({ attempted: 2, acknowledged: 1, unsure: 1, stored: 2, recovered: 1 })
  })
})
