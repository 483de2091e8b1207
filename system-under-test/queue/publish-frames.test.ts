import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ackFrame } from './ack-frame.ts'
import { publishFrames } from './publish-frames.ts'

interface Frame {
  readonly channel: number
  readonly id?: number
  readonly size?: number
  readonly fields?: Readonly<Record<string, unknown>>
  readonly content?: Buffer
}

// The library's own reader: what it reads is what a broker reads.
const require = createRequire(import.meta.url)
const reader = join(dirname(require.resolve('amqplib')), 'lib/frame.js')
const { parseFrame, decodeFrame } = require(reader) as {
  parseFrame(bytes: Buffer, most: number): { readonly rest: Buffer; readonly size: number } | false
  decodeFrame(frame: object): Frame
}

function framesOf(bytes: Buffer, frameMax: number): readonly Frame[] {
  const frames: Frame[] = []
  let rest = bytes
  for (let frame = parseFrame(rest, frameMax - 8); frame; frame = parseFrame(rest, frameMax - 8)) {
    frames.push(decodeFrame(frame))
    rest = frame.rest
  }
  expect(rest.length).toBe(0)
  return frames
}

// Class 60, method 80.
const basicAck = 0x3c0050

const target = { exchange: 'orders', routingKey: 'order', mandatory: true }
const message = {
  messageId: 'o1~7',
  body: Buffer.from('{"a":"ü"}'),
  headers: { 'x-order-id': 'o1', 'x-schema': 1 },
  persistent: true,
}

function readBack(from: Partial<typeof message>, frameMax = 4_096) {
  const bytes = publishFrames({ channel: 3, frameMax }, target, { ...message, ...from })
  const [method, header, ...bodies] = framesOf(bytes, frameMax)
  const body = Buffer.concat(bodies.map(({ content }) => content ?? Buffer.alloc(0)))
  return { method, header, bodies, body }
}

describe('the frame of an acknowledgement', () => {
  it.each([
    [1, false],
    [4_294_967_297, true],
  ])('says what is done: %i, and all before it: %s', (deliveryTag, multiple) => {
    const [frame, ...more] = framesOf(ackFrame(2, deliveryTag, multiple), 4_096)
    expect(frame).toMatchObject({ channel: 2, id: basicAck, fields: { deliveryTag, multiple } })
    expect(more).toEqual([])
  })
})

describe('the frames of a publish', () => {
  it('say where it goes and what it is, and bring its bytes', () => {
    const { method, header, body } = readBack({})
    expect(method).toMatchObject({ channel: 3, fields: { ...target, immediate: false } })
    expect(header).toMatchObject({
      channel: 3,
      size: message.body.length,
      fields: {
        contentType: 'application/json',
        messageId: 'o1~7',
        deliveryMode: 2,
        headers: message.headers,
      },
    })
    expect(body).toEqual(message.body)
  })

  it('say so where it may be forgotten', () => {
    expect(readBack({ persistent: false }).header?.fields).toMatchObject({ deliveryMode: 1 })
  })

  it.each([
    [0, 0],
    [4_088, 1],
    [4_089, 2],
    [1_048_576, 257],
  ])('bring %i bytes in %i frames of a connection that takes 4,096', (bytes, frames) => {
    const sent = Buffer.alloc(bytes, 'ab')
    const { bodies, body } = readBack({ body: sent })
    expect(bodies.length).toBe(frames)
    expect(body.equals(sent)).toBe(true)
  })

  it('refuse a name that AMQP has no room for', () => {
    expect(() => readBack({ messageId: 'ü'.repeat(128) })).toThrow('expected at most 255 bytes, got 256')
    expect(readBack({ messageId: 'ü'.repeat(127) }).header?.fields?.messageId).toBe('ü'.repeat(127))
  })

  it('are read as they were written, for all headers', () => {
    const name = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text !== '__proto__')
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ maxLength: 5_000 }),
      fc.integer(),
      fc.maxSafeInteger(),
      // Nothing below zero: -0 is read as 0.
      fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    )
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (headers) => {
        expect(readBack({ headers: headers as typeof message.headers }).header?.fields?.headers).toEqual(
          headers,
        )
      }),
    )
  })
})
