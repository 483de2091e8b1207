import { describe, expect, it } from 'vitest'
import { counted, good, withGood } from './counted.fixture.ts'
import { judge } from './judge.ts'

describe('an honest order', () => {
  it('is in none of the classes where it was acknowledged and is stored once', () => {
    expect(judge(withGood().readComplete())).toMatchObject({ verdict: 'pass', reasons: [], examples: {} })
    expect(counted(withGood().readComplete())).toEqual(good)
  })

  it('may be poisonous and in the dead letters, several times', () => {
    const lines = withGood({ places: ['dead-letter'] })
      .submit('bad', { expect: 'dead-letter' })
      .ok()
      .readComplete()
      .finalRead(['bad', 'bad'], 'dead-letter')
    expect(judge(lines).verdict).toBe('pass')
    expect(counted(lines)).toEqual({ attempted: 2, acknowledged: 2, stored: 1, deadLettered: 1 })
  })

  it('may have been sent with several payloads, of which one is stored', () => {
    const lines = withGood().submit('a', { digest: 'x' }).fail().submit('a', { digest: 'y' }).ok()
    expect(judge(lines.found('a', { digest: 'x' }).readComplete()).verdict).toBe('pass')
  })

  it('is recovered where its end is unknown and it is stored', () => {
    const lines = withGood().submit('a').info().found('a').readComplete()
    expect(judge(lines).verdict).toBe('pass')
    expect(counted(lines)).toEqual({ attempted: 2, acknowledged: 1, unsure: 1, stored: 2, recovered: 1 })
  })

  it('is indeterminate where its end is unknown and it is nowhere', () => {
    const lines = withGood().submit('a').info().readComplete()
    expect(judge(lines).verdict).toBe('pass')
    expect(counted(lines)).toEqual({ ...good, attempted: 2, unsure: 1, indeterminate: 1 })
  })
})
