import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttp } from './http.ts'
import { order, serviceInMemory } from './service.fixture.ts'

const started: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const http of started.splice(0)) await http.close()
})

async function world() {
  const service = serviceInMemory()
  const replica = service.api()
  await service.clock.advance(0)
  const http = createHttp(replica, { clock: service.clock, bytesMax: 4_194_304 })
  started.push(http)
  const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    http.inject({
      method: 'POST',
      url: '/orders',
      payload,
      headers: { 'idempotency-key': 'a', 'content-type': 'application/json', ...headers },
    })
  return { ...service, replica, http, post }
}

describe('the HTTP side', () => {
  it('accepts an order, and reads it back', async () => {
    const { http, post, worker, clock } = await world()
    const accepted = await post(JSON.stringify(order))
    expect([accepted.statusCode, accepted.json(), accepted.headers.location]).toEqual([
      202,
      { orderId: 'a', status: 'accepted' },
      '/orders/a',
    ])
    expect((await http.inject('/orders/a')).json()).toMatchObject({ status: 'accepted' })
    worker()
    await clock.advance(10)
    const stored = await http.inject('/orders/a')
    expect([stored.statusCode, stored.json()]).toEqual([
      200,
      { orderId: 'a', status: 'done', digest: expect.stringMatching(/^[0-9a-f]{8}$/) },
    ])
  })

  it.each([
    ['no content type', { 'content-type': '' }, 415],
    ['a content type that is none', { 'content-type': 'nonsense' }, 415],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['an empty key', { 'idempotency-key': '' }, 400],
  ])('refuses %s', async (_what, headers, status) => {
    const { post } = await world()
    expect((await post(JSON.stringify(order), headers)).statusCode).toBe(status)
  })

  it('refuses more than a mebibyte, and says that nothing was published', async () => {
    const { post } = await world()
    for (const bytes of [1_048_577, 3_000_000]) {
      const answer = await post(Buffer.alloc(bytes, 'x'))
      expect([answer.statusCode, answer.json()]).toMatchObject([
        413,
        { error: 'too-large', published: false },
      ])
    }
  })

  it('does not know orders that nobody sent, nor other places', async () => {
    const { http } = await world()
    for (const url of ['/orders/nobody', '/orders/a%20b', '/nowhere']) {
      expect((await http.inject(url)).statusCode).toBe(404)
    }
  })

  it('is live whatever happens, and ready only with a broker', async () => {
    const { http, broker, clock } = await world()
    const statusOf = async (url: string) => (await http.inject(url)).statusCode
    expect([await statusOf('/health/live'), await statusOf('/health/ready')]).toEqual([200, 200])
    broker.stop()
    await clock.advance(0)
    expect([await statusOf('/health/live'), await statusOf('/health/ready')]).toEqual([200, 503])
  })

  it('is not ready while it stops, and still serves, closing each connection', async () => {
    const { http, replica, post } = await world()
    replica.beginStop()
    expect((await http.inject('/health/ready')).statusCode).toBe(503)
    const answer = await post(JSON.stringify(order))
    expect([answer.statusCode, answer.headers.connection]).toEqual([202, 'close'])
  })

  it('counts what it did', async () => {
    const { http, post } = await world()
    await post(JSON.stringify(order))
    await post('{}')
    const { body } = await http.inject('/metrics')
    expect(body).toContain('http_requests_total{route="submit",status="202"} 1')
    expect(body).toContain('http_requests_total{route="submit",status="422"} 1')
    expect(body).toContain('orders_accepted_total 1')
    expect(body).toContain('admission_limit 64')
  })
})

describe('the HTTP side, on a socket', () => {
  /** Sends bytes as they are and ends; gives everything that comes back. */
  async function exchange(bytes: string): Promise<{ readonly answer: string; readonly queued: number }> {
    const { http, broker } = await world()
    await http.listen({ host: '127.0.0.1', port: 0 })
    const { port } = http.server.address() as { port: number }
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part
    })
    socket.end(bytes)
    await once(socket, 'close')
    return { answer, queued: broker.depth('orders').ready }
  }

  const head = 'POST /orders HTTP/1.1\r\nhost: a\r\nidempotency-key: a\r\ncontent-type: application/json\r\n'

  it('reads no body that would be one too many, and reads again when others are done', async () => {
    const { http, broker, post } = await world()
    await http.listen({ host: '127.0.0.1', port: 0 })
    const { port } = http.server.address() as { port: number }
    // Two that promise two mebibytes each, and do not send them. Both must be in before anybody else asks: beside
    // another one, the second would be the one that is turned away.
    const bothAreIn = Promise.withResolvers<void>()
    let seen = 0
    http.server.on('request', () => {
      seen += 1
      if (seen === 2) bothAreIn.resolve()
    })
    const slow = [1, 2].map(() => connect(port, '127.0.0.1'))
    for (const socket of slow) socket.write(`${head}content-length: 2097152\r\n\r\n{`)
    await bothAreIn.promise
    const postUntil = async (status: number) => {
      for (;;) {
        const answer = await post(JSON.stringify(order))
        if (answer.statusCode === status) return answer
        // The server hears of a socket that is gone, or of a body that is awaited, between two tries.
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
    expect((await postUntil(429)).json()).toEqual({ error: 'overloaded', published: false })
    for (const socket of slow) socket.destroy()
    await postUntil(202)
    expect(broker.depth('orders').ready).toBe(1)
  })

  it('publishes nothing of a body that is broken off', async () => {
    const whole = JSON.stringify(order)
    const { queued } = await exchange(`${head}content-length: ${whole.length}\r\n\r\n${whole.slice(0, -5)}`)
    expect(queued).toBe(0)
  })

  it('refuses a request that two servers could read in two ways', async () => {
    const smuggled = `${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`
    const { answer, queued } = await exchange(smuggled)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(queued).toBe(0)
  })
})
