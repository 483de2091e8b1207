import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { longAmqpGreeting } from './amqp-greeting.ts'

/** What the client library itself reads of a frame: its codec is the other half of ours. */
const require = createRequire(import.meta.url)
const { decode, constants } = require(join(dirname(require.resolve('amqplib')), 'lib/defs.js'))

const frameOf = (greeting: Uint8Array) => Buffer.from(greeting).subarray(8)

describe('a long greeting for the broker', () => {
  it.each([100, 2_000, 3_999])('of about %i bytes is one Start-Ok with a login', (bytes) => {
    const greeting = longAmqpGreeting(bytes)
    const frame = frameOf(greeting)
    expect(Math.abs(greeting.length - Math.max(bytes, 82))).toBeLessThan(20)
    expect(frame[0]).toBe(constants.FRAME_METHOD)
    expect(frame.readUInt32BE(3)).toBe(frame.length - 8)
    expect(frame.at(-1)).toBe(constants.FRAME_END)
    const payload = frame.subarray(7, -1)
    expect(decode(payload.readUInt32BE(0), payload.subarray(4))).toMatchObject({
      clientProperties: { padding: expect.stringMatching(/^ *$/) },
      mechanism: 'PLAIN',
      locale: 'en_US',
    })
  })

  it('stays below what a broker takes before the login', () => {
    expect(longAmqpGreeting(1e6).length).toBeLessThanOrEqual(4_000)
  })
})
