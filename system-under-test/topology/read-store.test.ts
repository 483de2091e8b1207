import { describe, expect, it } from 'vitest'
import { tokenRanges } from './read-store.ts'

describe('the token ranges of a full read', () => {
  it.each([1, 2, 3, 4, 7])('cover every token once, cut into %i', (count) => {
    const ranges = tokenRanges(count)
    expect(ranges[0]?.[0]).toBe(-(2n ** 63n))
    expect(ranges.at(-1)?.[1]).toBe(2n ** 63n - 1n)
    ranges.slice(1).forEach(([from], index) => {
      expect(from).toBe((ranges[index]?.[1] as bigint) + 1n)
    })
  })
})
