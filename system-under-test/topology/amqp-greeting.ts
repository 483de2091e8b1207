import { hello } from './greeting.ts'

/** RabbitMQ ends a connection whose first frames are longer than 4,096 bytes: it says `frame_too_large` in its log. */
const frameBytesMax = 4_000

/**
 * AMQP's protocol header and a Connection.Start-Ok with so much padding that both have about so many bytes; the broker
 * answers it with Connection.Tune when the last of them came. Source: AMQP 0-9-1, 4.2 and 1.4.2.
 */
export function longAmqpGreeting(bytes: number): Uint8Array {
  const bare = greeting(0).length
  return greeting(Math.min(Math.max(0, bytes - bare), frameBytesMax - bare))
}

const connectionStartOk = [0, 10, 0, 11]
const methodFrame = 1
const frameEnd = 0xce

function greeting(paddingBytes: number): Buffer {
  const padding = Buffer.concat([
    shortString('padding'),
    Buffer.from('S'),
    longString(' '.repeat(paddingBytes)),
  ])
  const payload = Buffer.concat([
    Buffer.from(connectionStartOk),
    uint32(padding.length),
    padding,
    shortString('PLAIN'),
    longString('\0guest\0guest'),
    shortString('en_US'),
  ])
  const channelZero = [0, 0]
  return Buffer.concat([
    hello.amqp,
    Buffer.from([methodFrame, ...channelZero]),
    uint32(payload.length),
    payload,
    Buffer.from([frameEnd]),
  ])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const shortString = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
const longString = (text: string) => Buffer.concat([uint32(text.length), Buffer.from(text)])
