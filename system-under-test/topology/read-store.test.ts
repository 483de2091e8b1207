import { types } from 'cassandra-driver'
import { describe, expect, it } from 'vitest'
import { orderOf, tokenRanges } from './read-store.ts'

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

describe('the order of a stored order', () => {
  const payload = '{"customer":"c-1","items":[{"sku":"a","quantity":1}]}'

  it("is the store's time of it, and its key the customer", () => {
    const written = types.Long.fromString('1764180000123456')
    expect(orderOf({ payload, written })).toEqual({ position: 1_764_180_000_123_456, key: 'c-1' })
  })

  it('is not known where the store knows no time or the payload is no order', () => {
    expect(orderOf({ payload, written: null })).toEqual({})
    expect(orderOf({ payload: '', written: types.Long.ONE })).toEqual({})
  })
})
