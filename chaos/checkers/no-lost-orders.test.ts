import { describe, expect, it } from 'vitest'
import { counted, good, withGood } from './counted.fixture.ts'
import { judge } from './judge.ts'

describe('lost', () => {
  it('is an acknowledged order in no place', () => {
    const lines = withGood().submit('a').ok().readComplete()
    expect(judge(lines)).toMatchObject({
      verdict: 'fail',
      reasons: ['1 acknowledged order is lost'],
      examples: { lost: ['a'] },
    })
    expect(counted(lines)).toEqual({ ...good, attempted: 2, acknowledged: 2, lost: 1 })
  })

  it('is an acknowledged or unsure order in the store without an effect', () => {
    const lines = withGood()
      .submit('a')
      .ok()
      .submit('b')
      .info()
      .found('a', { effects: [] })
      .found('b', { effects: [] })
      .readComplete()
    expect(judge(lines)).toMatchObject({
      verdict: 'fail',
      reasons: ['2 orders are lost: in the store without an effect'],
      examples: { lost: ['a', 'b'] },
    })
    expect(counted(lines)).toEqual({ attempted: 3, acknowledged: 2, unsure: 1, stored: 3, lost: 2 })
  })

  it('is not said of absence unless every planned place was read to its end', () => {
    const lines = withGood({ places: ['dead-letter'] })
      .submit('a')
      .ok()
      .submit('b')
      .info()
      .readComplete()
    expect(judge(lines).verdict).toBe('unknown')
    expect(counted(lines)).toEqual({ attempted: 3, acknowledged: 2, unsure: 1, stored: 1 })
  })

  it('is said of an empty list of effects even where the store was not read to its end', () => {
    const lines = withGood().submit('a').ok().found('a', { effects: [] })
    expect(judge(lines).verdict).toBe('fail')
    expect(counted(lines)).toEqual({ attempted: 2, acknowledged: 2, stored: 2, lost: 1 })
  })

  it('does not follow from an empty list where another line of the store has an effect', () => {
    const lines = withGood().submit('a').ok().found('a', { effects: [] }).found('a').readComplete()
    expect(counted(lines)).toEqual({ attempted: 2, acknowledged: 2, stored: 2, duplicated: 1 })
  })

  it('is an acknowledged poisonous order in no place too', () => {
    const lines = withGood({ places: ['dead-letter'] })
      .submit('a', { expect: 'dead-letter' })
      .ok()
    const result = judge(lines.readComplete().readComplete('dead-letter'))
    expect(result.examples).toEqual({ lost: ['a'] })
  })
})
