import { describe, expect, it } from 'vitest'
import { figureInWords, isReached } from './figure.ts'

describe('a figure', () => {
  it('is reached at its limit, and not beyond it', () => {
    expect(isReached({ name: 'x', value: 3, unit: '×', atLeast: 3 })).toBe(true)
    expect(isReached({ name: 'x', value: 2.99, unit: '×', atLeast: 3 })).toBe(false)
    expect(isReached({ name: 'x', value: 8.1, unit: 'bytes', atMost: 8 })).toBe(false)
  })

  it('is not reached where nothing was measured', () => {
    expect(isReached({ name: 'x', value: Number.NaN, unit: '×', atLeast: 3 })).toBe(false)
  })

  it('says what was asked and what was seen', () => {
    expect(figureInWords({ name: 'judge', value: 6.4999, unit: '×', atLeast: 3 })).toBe(
      'judge: 6.5 × (at least 3): reached',
    )
    expect(figureInWords({ name: 'bound', value: 0.5, unit: '×', why: 'to see how much is ours' })).toBe(
      'bound: 0.5 × (no limit: to see how much is ours)',
    )
  })
})
