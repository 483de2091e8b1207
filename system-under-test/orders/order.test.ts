import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestOf } from './digest.ts'
import { impossibility, parseOrder } from './order.ts'
import { isOrderId } from './order-id.ts'

const order = { customer: 'c1', items: [{ sku: 'a', quantity: 1 }] }
const parsed = (value: unknown) => parseOrder(JSON.stringify(value))

describe('an order', () => {
  it('is taken with or without a note', () => {
    expect(parsed(order)).toEqual({ kind: 'order', order })
    expect(parsed({ ...order, note: '🌊' }).kind).toBe('order')
  })

  it.each([
    ['no customer', { items: order.items }],
    ['an empty customer', { ...order, customer: '' }],
    ['no items', { ...order, items: [] }],
    ['too many items', { ...order, items: Array(101).fill(order.items[0]) }],
    ['nothing of an item', { ...order, items: [{ sku: 'a', quantity: 0 }] }],
    ['a part of an item', { ...order, items: [{ sku: 'a', quantity: 1.5 }] }],
    ['more than a thousand', { ...order, items: [{ sku: 'a', quantity: 1_001 }] }],
    ['a field that no order has', { ...order, coupon: 'free' }],
    ['a field that no item has', { ...order, items: [{ sku: 'a', quantity: 1, price: 0 }] }],
    ['a list', [order]],
    ['null', null],
  ])('is refused with %s', (_what, value) => {
    expect(parsed(value).kind).toBe('invalid')
  })

  it('names the problems of a refused one', () => {
    const result = parsed({ customer: '', items: [{ sku: 'a', quantity: 0 }] })
    expect(result.kind === 'invalid' && result.problems.join()).toMatch(/customer.*items\.0\.quantity/)
  })

  it('is unreadable if it is no JSON', () => {
    expect(parseOrder('{"customer":').kind).toBe('unreadable')
    expect(parseOrder('').kind).toBe('unreadable')
  })

  it('is impossible if no warehouse has one of its items', () => {
    expect(impossibility(order)).toBeUndefined()
    for (const sku of ['unknown-7', 'poison']) {
      expect(impossibility({ ...order, items: [...order.items, { sku, quantity: 1 }] })).toMatch(sku)
    }
  })
})

describe('a digest', () => {
  it('is the first eight digits of the SHA-256 of the UTF-8 bytes', () => {
    // echo -n 'abc' | sha256sum
    expect(digestOf('abc')).toBe('ba7816bf')
    // printf '\u00fc' | sha256sum
    expect(digestOf('ü')).toBe('607474ca')
  })
})

describe('an order id', () => {
  it('is 1 to 80 letters, digits, hyphens and underscores', () => {
    for (const id of ['a', 'A-z_09', 'x'.repeat(80)]) expect(isOrderId(id)).toBe(true)
    for (const id of [undefined, '', 'x'.repeat(81), 'a b', 'ä', 'a/b', 'a\n'])
      expect(isOrderId(id)).toBe(false)
  })
})

describe('parsing, for all texts', () => {
  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['order', 'unreadable', 'invalid']).toContain(parseOrder(text).kind)
      }),
      { numRuns: 300 },
    )
  })
})
