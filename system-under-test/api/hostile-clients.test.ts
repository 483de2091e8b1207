import { afterEach, describe, expect, it } from 'vitest'
import { createHttp } from './http.ts'
import { type RawClient, rawClient, request } from './raw-client.fixture.ts'
import { order, serviceInMemory } from './service.fixture.ts'

const started: { close(): Promise<unknown> }[] = []
const clients: RawClient[] = []
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy()
  for (const http of started.splice(0)) await http.close()
})

const body = JSON.stringify(order)
const bytesMax = 4_194_304

/** A real server on the loopback, over a service in memory that counts what reaches it. */
async function world({ requestTimeoutMs = 10_000 } = {}) {
  const service = serviceInMemory()
  const replica = service.api()
  await service.clock.advance(0)
  const keys: (string | undefined)[] = []
  const counted: typeof replica = {
    ...replica,
    submit(asked) {
      keys.push(asked.idempotencyKey)
      return replica.submit(asked)
    },
  }
  const http = createHttp(counted, { clock: service.clock, bytesMax, requestTimeoutMs })
  started.push(http)
  await http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = http.server.address() as { port: number }
  const client = () => {
    const made = rawClient(port)
    clients.push(made)
    return made
  }
  const answer = (text: string) => {
    const one = client()
    one.write(text)
    return one.closed
  }
  const post = (key: string) =>
    fetch(`http://127.0.0.1:${port}/orders`, {
      method: 'POST',
      body,
      headers: { 'idempotency-key': key, 'content-type': 'application/json', connection: 'close' },
    })
  return { http, port, keys, client, answer, post, queued: () => service.broker.messages('orders').length }
}

const head = (key: string, ...more: readonly string[]) => [
  'POST /orders HTTP/1.1',
  'Host: intake',
  'Content-Type: application/json',
  `Idempotency-Key: ${key}`,
  ...more,
]

/** Never silent for long, and never done. */
function dripping(slow: readonly RawClient[], text: string): NodeJS.Timeout {
  return setInterval(() => {
    for (const each of slow) each.write(text)
  }, 20)
}

describe('the server among slow clients', () => {
  it('cuts those who never finish their headers, and serves the others meanwhile', async () => {
    const { client, post } = await world({ requestTimeoutMs: 1_000 })
    const slow = Array.from({ length: 50 }, () => client())
    for (const each of slow) each.write('POST /orders HTTP/1.1\r\nHost: intake\r\nX-Slow: ')
    const drip = dripping(slow, 'a')
    try {
      expect((await post('among-the-slow')).status).toBe(202)
      const ends = await Promise.all(slow.map((each) => each.closed))
      expect(new Set(ends.map((text) => text.split('\r\n', 1)[0]))).toEqual(
        new Set(['HTTP/1.1 408 Request Timeout']),
      )
    } finally {
      clearInterval(drip)
    }
  })

  it('cuts those who never finish their bodies, publishes nothing of theirs, and has their room back', async () => {
    const { client, post, keys } = await world({ requestTimeoutMs: 1_000 })
    // Together they have said that they will send all that the bodies may hold.
    const slow = Array.from({ length: 4 }, () => client())
    for (const [at, each] of slow.entries()) {
      each.write(request(head(`slow-${at}`, 'Content-Length: 1048576'), '{'))
    }
    const drip = dripping(slow, ' ')
    try {
      await Promise.all(slow.map((each) => each.closed))
      expect((await post('after-the-slow')).status).toBe(202)
      expect(keys).toEqual(['after-the-slow'])
    } finally {
      clearInterval(drip)
    }
  })
})

describe('the server among oversized and broken requests', () => {
  it('refuses a body that says it is too large before it is sent', async () => {
    const { answer, keys } = await world()
    const text = await answer(request(head('large', 'Content-Length: 104857600')))
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    expect(keys).toEqual([])
  })

  it('stops reading a body that does not say where it ends', async () => {
    const { client, keys } = await world()
    const endless = client()
    endless.write(request(head('endless', 'Transfer-Encoding: chunked')))
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    let sent = 0
    // As fast as it is taken; the bound is far beyond what may be taken.
    const more = () => {
      while (sent < 1_000 && endless.socket.writable) {
        sent += 1
        if (!endless.socket.write(chunk)) return void endless.socket.once('drain', more)
      }
    }
    more()
    expect(await endless.closed).toMatch(/^HTTP\/1\.1 413 |^$/)
    expect(sent).toBeLessThan(1_000)
    expect(keys).toEqual([])
  })

  it('publishes nothing of a request that was broken off', async () => {
    const { client, post, keys } = await world()
    const broken = client()
    broken.write(request(head('broken', `Content-Length: ${body.length + 1}`), body))
    broken.socket.end()
    await broken.closed
    expect((await post('whole')).status).toBe(202)
    expect(keys).toEqual(['whole'])
  })

  it('refuses headers without end', async () => {
    const { answer, keys } = await world()
    expect(await answer(request(head('long', `X-Long: ${'x'.repeat(100_000)}`), body))).toMatch(
      /^HTTP\/1\.1 431 /,
    )
    expect(keys).toEqual([])
  })

  it('never inflates: a compressed body is bytes like any other, and no order', async () => {
    const { answer, keys, queued } = await world()
    const lines = head('bomb', 'Content-Encoding: gzip', 'Content-Length: 4', 'Connection: close')
    expect(await answer(request(lines, '\u001f\b\u0000\u0000'))).toMatch(/^HTTP\/1\.1 400 /)
    expect(keys).toEqual(['bomb'])
    expect(queued()).toBe(0)
  })
})

describe('the server among requests that mean two things at once', () => {
  const hidden = request([...head('smuggled'), `Content-Length: ${body.length}`], body)
  const chunked = `0\r\n\r\n${hidden}`

  it.each([
    ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked'], chunked],
    ['chunks and a length', ['Transfer-Encoding: chunked', `Content-Length: ${chunked.length}`], chunked],
    ['two lengths', ['Content-Length: 0', `Content-Length: ${hidden.length}`], hidden],
    ['two lengths in one line', [`Content-Length: 0, ${hidden.length}`], hidden],
    ['a length with a sign', ['Content-Length: +0'], hidden],
    ['a length in hexadecimal', ['Content-Length: 0x0'], hidden],
    ['a negative length', ['Content-Length: -1'], hidden],
    ['chunks that are not the last coding', ['Transfer-Encoding: chunked, identity'], chunked],
    ['an unknown coding', ['Transfer-Encoding: xchunked'], chunked],
    ['a space before the colon', ['Transfer-Encoding : chunked'], chunked],
    ['a folded header', ['X-Fold: a', ' Transfer-Encoding: chunked'], chunked],
    ['a bare line feed in a header', ['X-Feed: a\nTransfer-Encoding: chunked'], chunked],
    ['a bare carriage return in a header', ['X-Return: a\rTransfer-Encoding: chunked'], chunked],
    ['a NUL in a header', ['X-Nul: a\u0000b', 'Content-Length: 0'], hidden],
    ['a chunk length with a sign', ['Transfer-Encoding: chunked'], `+0\r\n\r\n${hidden}`],
    ['a chunk extension with a line feed', ['Transfer-Encoding: chunked'], `0;a\nb\r\n\r\n${hidden}`],
    ['a chunk that ends with a bare line feed', ['Transfer-Encoding: chunked'], `1\n{\n0\n\n${hidden}`],
  ])('refuses %s, and never sees the order behind it', async (_what, lines, rest) => {
    const { answer, keys, queued } = await world()
    expect(await answer(request(head('first', ...lines), rest))).toMatch(/^HTTP\/1\.1 400 /)
    expect(keys).not.toContain('smuggled')
    expect(queued()).toBe(0)
  })

  it('takes two honest requests in one packet as two', async () => {
    const { client, keys, queued } = await world()
    const both = client()
    const last = head('second', `Content-Length: ${body.length}`, 'Connection: close')
    both.write(request(head('first', `Content-Length: ${body.length}`), body) + request(last, body))
    expect((await both.closed).match(/HTTP\/1\.1 202 /g)).toHaveLength(2)
    expect(keys).toEqual(['first', 'second'])
    expect(queued()).toBe(2)
  })
})
