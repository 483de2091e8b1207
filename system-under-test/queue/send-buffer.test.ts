import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { type BrokerMessage, publishBufferBytes } from './broker.ts'
import { InMemoryBroker } from './in-memory-broker.ts'
import { SendBuffer } from './send-buffer.ts'

describe('the buffer of a socket', () => {
  it('takes all that comes, says when that is too much, and when there is room again', async () => {
    const held: number[] = []
    const buffer = new SendBuffer(10, (bytes) => held.push(bytes))
    expect([buffer.take(9), buffer.take(4)]).toEqual([true, false])
    let hasRoom = false
    const drained = buffer.drained().then(() => {
      hasRoom = true
    })
    buffer.left(3)
    await Promise.resolve()
    expect(hasRoom).toBe(false)
    buffer.left(6)
    await drained
    expect(held).toEqual([9, 13, 10, 4])
    await buffer.drained()
  })

  it('keeps nobody waiting for a socket that has ended', async () => {
    const buffer = new SendBuffer(1, () => {})
    buffer.take(1)
    const drained = buffer.drained()
    buffer.end()
    await drained
  })
})

describe('a thin way to the broker in memory', () => {
  it('takes a message after the other, at the rate that it has when each begins, and fills the buffer', async () => {
    const clock = new ManualClock()
    let bytesPerMs = 1_024
    const held: number[] = []
    const hooks = {
      sendMs: (_connection: string, bytes: number) => bytes / bytesPerMs,
      buffered: (_connection: string, bytes: number) => held.push(bytes),
    }
    const opening = new InMemoryBroker({ clock, hooks })
      .connect('api-1')
      .then((connection) => connection.openPublisher(events))
    const confirmedMs: number[] = []
    const events = {
      acked: (tag: number) => confirmedMs.push(tag, clock.nowMs()),
      nacked: () => {},
      returned: () => {},
      blocked: () => {},
      closed: () => {},
    }
    await clock.advance(0)
    const channel = await opening
    const target = { exchange: 'nowhere', routingKey: '', mandatory: false }
    const half = messageOf(publishBufferBytes / 2)
    expect([1, 2, 3].map(() => channel.publish(target, half))).toEqual([true, false, false])
    let drainedMs = Number.NaN
    channel.drained().then(() => {
      drainedMs = clock.nowMs()
    })
    await clock.advance(600)
    bytesPerMs = 2_048
    await clock.advance(2_000)
    expect(confirmedMs).toEqual([1, 512, 2, 1_024, 3, 1_280])
    expect(drainedMs).toBe(1_024)
    expect(Math.max(...held)).toBe(1.5 * publishBufferBytes)
  })
})

function messageOf(bytes: number): BrokerMessage {
  return { messageId: 'm', body: new Uint8Array(bytes), headers: {}, persistent: true }
}
