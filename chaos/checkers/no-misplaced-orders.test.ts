import { describe, expect, it } from 'vitest'
import { withGood } from './counted.fixture.ts'
import { judge } from './judge.ts'

describe('misplaced', () => {
  it('is a good order in the dead letters, also when it is in the store too', () => {
    const lines = withGood({ places: ['dead-letter'] })
      .submit('a')
      .ok()
      .submit('b')
      .info()
    lines.found('a', { place: 'dead-letter' }).found('b', { place: 'dead-letter' }).found('b')
    const result = judge(lines.readComplete().readComplete('dead-letter'))
    expect(result).toMatchObject({ verdict: 'fail', examples: { misplaced: ['a', 'b'] } })
    expect(result.counts.recovered).toBe(0)
  })

  it('is a poisonous order in the store', () => {
    const lines = withGood().submit('a', { expect: 'dead-letter' }).ok().found('a').readComplete()
    expect(judge(lines).examples).toEqual({ misplaced: ['a'] })
  })

  it('is no refused order and no phantom', () => {
    const lines = withGood()
      .submit('a')
      .fail()
      .found('a', { place: 'dead-letter' })
      .found('b', { place: 'dead-letter' })
    expect(judge(lines.readComplete()).counts.misplaced).toBe(0)
  })
})
