import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { counted, good, withGood } from './counted.fixture.ts'
import { judge } from './judge.ts'

describe('phantom', () => {
  it('is an id in any place that nobody submitted', () => {
    const lines = withGood()
      .found('a')
      .found('b', { place: 'dead-letter' })
      .found('c', { place: 'queue' })
      .readComplete()
    expect(judge(lines)).toMatchObject({
      verdict: 'fail',
      examples: { phantom: ['a', 'b', 'c'], stuck: ['c'] },
    })
    expect(counted(lines)).toEqual({ ...good, stored: 2, deadLettered: 1, queued: 1, phantom: 3, stuck: 1 })
  })

  it('is no order whose read stands before its invoke', () => {
    const lines = history().found('a').readComplete().submit('a').ok()
    expect(counted(lines)).toEqual({ attempted: 1, acknowledged: 1, stored: 1 })
  })
})
