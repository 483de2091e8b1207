import { describe, expect, it } from 'vitest'
import { seedOf } from './chance.ts'
import { payloadOf } from './payload.ts'

const seed = seedOf('payload')
const sample = Array.from({ length: 200 }, (_, n) => n)

describe('a payload', () => {
  it('is the same text whenever it is asked for, and another one for every order', () => {
    expect(payloadOf(seed, 7, 'order')).toBe(payloadOf(seed, 7, 'order'))
    expect(new Set(sample.map((n) => payloadOf(seed, n, 'order'))).size).toBe(sample.length)
    expect(payloadOf(seed, 7, 'order', { version: 1 })).not.toBe(payloadOf(seed, 7, 'order'))
  })

  it('is an order that can be carried out, in the text that JSON.stringify makes', () => {
    for (const n of sample) {
      expect(JSON.stringify(JSON.parse(payloadOf(seed, n, 'order')))).toBe(payloadOf(seed, n, 'order'))
      const order = JSON.parse(payloadOf(seed, n, 'order'))
      expect(order.customer).toMatch(/^customer-\d+$/)
      expect(order.items.length).toBeGreaterThanOrEqual(1)
      for (const item of order.items) {
        expect(item.quantity).toBeGreaterThanOrEqual(1)
        expect(item.sku).toMatch(/^sku-\d+$/)
      }
    }
  })

  it('is for whom it is said to be, whatever its kind', () => {
    for (const kind of ['order', 'poison', 'large'] as const) {
      const { customer, ...rest } = JSON.parse(payloadOf(seed, 7, kind, { customer: 'noisy' }))
      expect(customer).toBe('noisy')
      expect(JSON.parse(payloadOf(seed, 7, kind))).toMatchObject(rest)
    }
  })

  it('is several hundred kilobytes of non-ASCII text, and below one MiB, when it is large', () => {
    for (const n of sample.slice(0, 20)) {
      const bytes = new TextEncoder().encode(payloadOf(seed, n, 'large')).length
      expect(bytes).toBeGreaterThan(100_000)
      expect(bytes).toBeLessThan(1_000_000)
    }
  })

  it('is wrong in every way that there is, when it is invalid', () => {
    const wrongs = sample.map((n) => wrongOf(payloadOf(seed, n, 'invalid')))
    expect(new Set(wrongs)).toEqual(new Set(['json', 'array', 'items', 'quantity', 'field', 'size']))
  })

  it('asks for a thing that nobody has, when it is poison', () => {
    expect(JSON.parse(payloadOf(seed, 1, 'poison')).items).toEqual([{ sku: 'poison', quantity: 1 }])
  })
})

function wrongOf(text: string): string {
  if (text.length > 1_048_576) return 'size'
  try {
    const order = JSON.parse(text)
    if (Array.isArray(order)) return 'array'
    if (order.items.length === 0) return 'items'
    return 'discount' in order ? 'field' : order.items[0].quantity === 0 ? 'quantity' : 'nothing'
  } catch {
    return 'json'
  }
}
