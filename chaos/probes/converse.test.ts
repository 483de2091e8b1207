import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { realClock } from '../kernel/clock.ts'
import { type ConverseOptions, converse } from './converse.ts'

/** A server on loopback that treats each connection as told. */
async function serverThat(treats: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => treats(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const talk = (more: Partial<ConverseOptions> = {}) =>
    converse({
      host: '127.0.0.1',
      port,
      send: Buffer.from('hello'),
      clock: realClock,
      timeoutMs: 20_000,
      ...more,
    })
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((done) => server.close(done))
  }
  return { talk, close, [Symbol.asyncDispose]: close }
}

describe('a conversation', () => {
  it('ends with enough bytes, and says when the first came', async () => {
    await using server = await serverThat((socket) => socket.write('welcome'))
    const seen = await server.talk({ bytesEnough: 7 })
    expect(seen).toMatchObject({ end: 'enough', bytes: 7 })
    expect(seen.firstByteMs).toBeLessThanOrEqual(seen.totalMs)
  })

  it('tells an end in order from a broken connection', async () => {
    await using ending = await serverThat((socket) => socket.end('bye'))
    expect(await ending.talk({ bytesEnough: 100 })).toMatchObject({ end: 'closed', bytes: 3 })
    await using breaking = await serverThat((socket) => socket.resetAndDestroy())
    expect(await breaking.talk()).toMatchObject({ end: 'reset', bytes: 0, firstByteMs: undefined })
  })

  it('tells silence from a refusal', async () => {
    await using server = await serverThat(() => {})
    expect(await server.talk({ timeoutMs: 30 })).toMatchObject({ end: 'silent', bytes: 0 })
    await server.close()
    expect(await server.talk()).toMatchObject({ end: 'refused', bytes: 0 })
  })

  it('ends with the reason of whoever ends it', async () => {
    await using server = await serverThat(() => {})
    const over = new AbortController()
    const talking = server.talk({ signal: over.signal })
    const reason = new Error('the look is over')
    over.abort(reason)
    await expect(talking).rejects.toBe(reason)
  })
})
