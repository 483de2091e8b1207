import { once } from 'node:events'
import { createServer, connect as open, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { gatherWrites } from './gather-writes.ts'

/** A socket, and all that came of it at the other end. */
async function connected(gathering: boolean) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const opening = () => open({ port, host: '127.0.0.1', noDelay: true })
  const socket: Socket = gathering ? gatherWrites(opening) : opening()
  const [there] = (await once(server, 'connection')) as [Socket]
  if (socket.connecting) await once(socket, 'connect')
  const seen: Buffer[] = []
  there.on('data', (data) => seen.push(Buffer.from(data)))
  return {
    socket,
    async received() {
      socket.end()
      await once(there, 'end')
      return Buffer.concat(seen).toString()
    },
    [Symbol.dispose]() {
      socket.destroy()
      there.destroy()
      server.close()
    },
  }
}

describe('a socket that gathers what it is given', () => {
  it('sends it when the turn is over, all of it and in order', async () => {
    using world = await connected(true)
    for (const text of ['a', 'b', 'c']) world.socket.write(text)
    expect(world.socket.writableLength).toBe(3)
    await turn()
    expect(world.socket.writableLength).toBe(0)
    world.socket.write('d')
    world.socket.write('e')
    expect(world.socket.writableLength).toBe(2)
    expect(await world.received()).toBe('abcde')
  })

  it('is one that was opened in the call, and no other', async () => {
    using world = await connected(true)
    using other = await connected(false)
    other.socket.write('a')
    other.socket.write('b')
    expect(other.socket.writableCorked).toBe(0)
    world.socket.write('a')
    expect(world.socket.writableCorked).toBe(1)
  })

  it('still says when it has no room, and when it has again', async () => {
    using world = await connected(true)
    const drained = once(world.socket, 'drain')
    const large = Buffer.alloc(world.socket.writableHighWaterMark, 'x')
    expect(world.socket.write(large)).toBe(false)
    await drained
    expect(await world.received()).toHaveLength(large.length)
  })

  it('tells who writes when that has left, or that it never will', async () => {
    using world = await connected(true)
    await new Promise<void>((left, lost) =>
      world.socket.write('a', (error) => (error ? lost(error) : left())),
    )
    const never = new Promise<Error | null | undefined>((tell) => world.socket.write('b', tell))
    world.socket.destroy()
    expect(await never).toBeInstanceOf(Error)
  })

  it('leaves an error of opening to the caller', () => {
    expect(() =>
      gatherWrites(() => {
        throw new Error('no way there')
      }),
    ).toThrow('no way there')
  })
})
