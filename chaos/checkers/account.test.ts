import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { counted, good, withGood } from './counted.fixture.ts'

describe('the end of an id', () => {
  it('is ok if any attempt ended ok', () => {
    const lines = history()
      .submit('a')
      .fail()
      .submit('a')
      .info()
      .submit('a')
      .ok()
      .submit('a')
      .fail()
      .readComplete()
    expect(counted(lines)).toEqual({ attempted: 1, acknowledged: 1, lost: 1 })
  })

  it('is info if none ended ok and any may have', () => {
    const lines = withGood().submit('a').fail().submit('a').info().submit('a').fail().readComplete()
    expect(counted(lines)).toEqual({ ...good, attempted: 2, unsure: 1, indeterminate: 1 })
  })

  it('is info where an attempt has no completion', () => {
    const lines = withGood().submit('a').submit('a').fail().readComplete()
    expect(counted(lines)).toEqual({ ...good, attempted: 2, unsure: 1, indeterminate: 1 })
  })

  it('is fail if every attempt was refused', () => {
    const lines = withGood().submit('a').fail().submit('a').fail().readComplete()
    expect(counted(lines)).toEqual({ ...good, attempted: 2, refused: 1 })
  })

  it('is of submits alone: another action neither invokes an id nor ends it', () => {
    const lines = withGood().get('a').ok().found('a').submit('b').fail().get('b').ok().readComplete()
    expect(counted(lines)).toEqual({ ...good, attempted: 2, refused: 1, stored: 2, phantom: 1 })
  })
})
