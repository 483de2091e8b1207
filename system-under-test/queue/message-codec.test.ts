import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../orders/digest.ts'
import { criticalityOf, decodeOrder, encodeOrder } from './message-codec.ts'
import type { OrderMessage } from './order-queue.ts'

const orderOf = (payload: string): OrderMessage => ({
  orderId: 'o1',
  payload,
  digest: digestOf(payload),
  criticality: 'low',
  publishedAtMs: 1_700_000_000_000,
  traceparent: '00-abc-def-01',
})

describe('a message', () => {
  it('has the payload and nothing else as its body, and is kept by the broker', () => {
    const encoded = encodeOrder(orderOf('{"a":"ü"}'), 7)
    expect(Buffer.from(encoded.body).toString()).toBe('{"a":"ü"}')
    expect(encoded).toMatchObject({ persistent: true, messageId: 'o1~7', headers: { 'x-order-id': 'o1' } })
  })

  it.each([
    ['cut off', (body: Uint8Array) => body.subarray(0, body.length - 1), {}],
    ['not UTF-8', () => Uint8Array.of(0xff), {}],
    ['without an id', (body: Uint8Array) => body, { 'x-order-id': undefined }],
    ['of another version', (body: Uint8Array) => body, { 'x-schema': 2 }],
  ])('is malformed if it is %s', (_what, change, headers) => {
    const encoded = encodeOrder(orderOf('{"a":"ü"}'), 1)
    const changed = { ...encoded, body: change(encoded.body), headers: { ...encoded.headers, ...headers } }
    expect(decodeOrder(changed as typeof encoded).kind).toBe('malformed')
  })

  it('is read whatever a newer minor version adds, and as the older ones had it', () => {
    const { headers, ...encoded } = encodeOrder(orderOf('{"a":1}'), 1)
    const newer = { ...headers, 'x-schema-minor': 7, 'x-gift-wrapped': 1 }
    const { 'x-schema-minor': _left, ...older } = headers
    for (const told of [newer, older]) {
      expect(decodeOrder({ ...encoded, headers: told })).toEqual({
        kind: 'order',
        message: orderOf('{"a":1}'),
      })
    }
  })

  it('matters unless it says otherwise', () => {
    expect(['low', 'high', 'none', undefined, 7].map(criticalityOf)).toEqual([
      'low',
      'high',
      'high',
      'high',
      'high',
    ])
  })
})

describe('a message, for all payloads', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (payload) => {
        const order = orderOf(payload)
        expect(decodeOrder(encodeOrder(order, 1))).toEqual({ kind: 'order', message: order })
      }),
      { numRuns: 200 },
    )
  })
})
