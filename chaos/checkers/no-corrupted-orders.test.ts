import { describe, expect, it } from 'vitest'
import { counted, withGood } from './counted.fixture.ts'
import { judge } from './judge.ts'

describe('corrupted', () => {
  it('is an order in any place with a digest that no invoke carried', () => {
    const lines = withGood({ places: ['dead-letter'] })
      .submit('a')
      .ok()
      .submit('b')
      .ok()
    lines.found('a', { digest: 'other' }).readComplete()
    lines.found('b', { place: 'dead-letter', digest: 'other' }).readComplete('dead-letter')
    expect(judge(lines).examples).toEqual({ corrupted: ['a', 'b'], misplaced: ['b'] })
  })

  it('is seen among several digests and several reads', () => {
    const lines = withGood().submit('a', { digest: 'x' }).ok().submit('a', { digest: 'y' }).ok()
    lines.found('a', { digest: 'y' }).found('a', { place: 'queue', digest: 'z' }).readComplete()
    expect(judge(lines).examples).toEqual({ corrupted: ['a'], stuck: ['a'] })
  })

  it('is a refused order too, and never a phantom', () => {
    const lines = withGood().submit('a').fail().found('a', { digest: 'x' }).found('b', { digest: 'y' })
    lines.found('b', { digest: 'z' })
    const { examples } = judge(lines.readComplete())
    expect(examples).toEqual({ duplicated: ['b'], phantom: ['b'], resurrected: ['a'], corrupted: ['a'] })
  })

  it('is seen where the read stands before the invoke', () => {
    const lines = withGood().found('a', { digest: 'x' }).readComplete().submit('a', { digest: 'y' }).ok()
    expect(judge(lines).examples).toEqual({ corrupted: ['a'] })
  })

  it('is an unsure order, which then is not recovered', () => {
    const lines = withGood().submit('a').info().found('a', { digest: 'x' }).readComplete()
    expect(counted(lines)).toEqual({ attempted: 2, acknowledged: 1, unsure: 1, stored: 2, corrupted: 1 })
  })

  it('tells hexadecimal digests of the same value apart by their text', () => {
    const lines = withGood().submit('a', { digest: '0000000a' }).ok().found('a', { digest: '0000000A' })
    expect(judge(lines.readComplete()).examples).toEqual({ corrupted: ['a'] })
  })
})
