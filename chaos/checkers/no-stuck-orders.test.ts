import { describe, expect, it } from 'vitest'
import { withGood } from './counted.fixture.ts'
import { judge } from './judge.ts'

describe('stuck', () => {
  it('is whatever is in the queue, whatever its end', () => {
    const lines = withGood({ places: ['queue'] })
      .submit('a')
      .ok()
      .submit('b')
      .info()
    const result = judge(lines.readComplete().finalRead(['a', 'b'], 'queue'))
    expect(result).toMatchObject({ verdict: 'fail', examples: { stuck: ['a', 'b'] } })
    expect(result.counts).toMatchObject({ queued: 2, lost: 0, recovered: 0, indeterminate: 0 })
  })
})
