import { describe, expect, it } from 'vitest'
import { worstVerdict } from './verdict.ts'

describe('the worst verdict', () => {
  it('merges nothing to unknown', () => {
    expect(worstVerdict([])).toBe('unknown')
  })

  it('ranks fail above unknown above pass', () => {
    expect(worstVerdict(['pass', 'unknown', 'fail'])).toBe('fail')
    expect(worstVerdict(['pass', 'unknown'])).toBe('unknown')
    expect(worstVerdict(['pass', 'pass'])).toBe('pass')
  })
})
