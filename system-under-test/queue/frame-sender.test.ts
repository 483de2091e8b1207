import { EventEmitter, once } from 'node:events'
import { Writable } from 'node:stream'
import type { Channel } from 'amqplib'
import { describe, expect, it } from 'vitest'
import { messageOf } from './broker.fixture.ts'
import { FrameSender } from './frame-sender.ts'

const target = { exchange: 'orders', routingKey: 'order', mandatory: true }

/** A channel of the library over a socket that notes each write, and takes the next one when it is let. */
function world() {
  const writes: Buffer[] = []
  let letNext = () => {}
  let isHeld = false
  const take = (bytes: Buffer, done: () => void) => {
    writes.push(bytes)
    if (isHeld) letNext = done
    else done()
  }
  const stream = new Writable({
    write: (bytes, _encoding, done) => take(bytes, done),
    writev: (chunks, done) => take(Buffer.concat(chunks.map(({ chunk }) => chunk)), done),
  })
  const connection = { stream, frameMax: 4_096, sentSinceLastCheck: false }
  const channel = Object.assign(new EventEmitter(), { ch: 1, connection })
  return {
    writes,
    stream,
    connection,
    sender: new FrameSender(channel as unknown as Channel),
    close: () => channel.emit('close'),
    hold: () => {
      isHeld = true
    },
    letGo: () => {
      isHeld = false
      letNext()
    },
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

describe('a frame sender', () => {
  it('sends what one turn of the event loop published in one write, in its order', async () => {
    const { sender, writes, connection } = world()
    for (const id of ['first', 'second']) sender.send(target, messageOf(id))
    await Promise.resolve()
    sender.send(target, messageOf('third'))
    expect(writes).toEqual([])
    await nextTurn()
    expect(writes.map((bytes) => bytes.toString('latin1').match(/body of \w+/g))).toEqual([
      ['body of first', 'body of second', 'body of third'],
    ])
    expect(connection.sentSinceLastCheck).toBe(true)
    sender.send(target, messageOf('fourth'))
    await nextTurn()
    expect(writes.length).toBe(2)
  })

  it('sends what one turn acknowledged in one write too', async () => {
    const { sender, writes } = world()
    for (const tag of [1, 2, 3]) sender.acknowledge(tag, false)
    await nextTurn()
    expect(writes.map(({ length }) => length)).toEqual([3 * 21])
  })

  it('says when more waits for the socket than may, and when nothing does any more', async () => {
    const { sender, stream, hold, letGo } = world()
    hold()
    const large = { ...messageOf('large'), body: Buffer.alloc(600_000) }
    expect(sender.send(target, large)).toBe(true)
    expect(sender.send(target, large)).toBe(false)
    const drained = sender.drained()
    await nextTurn()
    expect(stream.writableLength).toBeGreaterThan(1_200_000)
    letGo()
    await drained
    expect(stream.writableLength).toBe(0)
  })

  it('takes nothing once the channel is closed, or the socket', async () => {
    const closed = world()
    closed.close()
    expect(() => closed.sender.send(target, messageOf('late'))).toThrow('the channel is closed')
    expect(() => closed.sender.acknowledge(1, false)).toThrow('the channel is closed')
    const cut = world()
    cut.stream.destroy()
    await once(cut.stream, 'close')
    expect(() => cut.sender.send(target, messageOf('late'))).toThrow('the channel is closed')
    expect([...closed.writes, ...cut.writes]).toEqual([])
  })
})
