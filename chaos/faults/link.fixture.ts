import { type AddressInfo, createServer, type Socket } from 'node:net'
import { realClock } from '../kernel/clock.ts'
import { randomFrom } from '../kernel/random.ts'
import type { FaultContext } from './fault.ts'
import type { LinkTarget } from './target.ts'
import { type FakeToxiproxy, fakeToxiproxy } from './toxiproxy.fixture.ts'

/** A link on loopback for tests: a server that answers every greeting with 400 bytes, and a small Toxiproxy before it. */
export interface LinkFixture extends AsyncDisposable {
  readonly link: LinkTarget
  readonly toxiproxy: FakeToxiproxy
  readonly context: FaultContext
}

const hello = 'hello\n'
const answer = Buffer.alloc(400, 'a')

export interface LinkFixtureOptions {
  readonly answersOnce?: boolean
  /** Greets once and answers the end of what comes then, as an AMQP server does. */
  readonly greetsOnce?: boolean
}

const endOfLong = '.'
const longHello = (bytes: number) => Buffer.from(`${hello}${'x'.repeat(bytes)}${endOfLong}`)

export async function linkFixture(options: LinkFixtureOptions = {}): Promise<LinkFixture> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      if (options.greetsOnce) {
        if (chunk.toString().startsWith(hello)) socket.write(answer)
        if (chunk.toString().endsWith(endOfLong)) socket.write('tuned')
        return
      }
      const greetings = chunk.toString().split('\n').length - 1
      for (let at = 0; at < (options.answersOnce ? 1 : greetings); at += 1) socket.write(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const toxiproxy = await fakeToxiproxy(port)
  return {
    toxiproxy,
    context: testContext(),
    link: {
      kind: 'link',
      name: 'worker-1->store',
      role: 'worker->store',
      capabilities: new Set(['proxied']),
      toxiproxyUrl: toxiproxy.url,
      proxyName: 'link',
      proxied: { host: '127.0.0.1', port: toxiproxy.port },
      control: { host: '127.0.0.1', port },
      hello: Buffer.from(hello),
      ...(options.greetsOnce ? { longHello } : {}),
    },
    async [Symbol.asyncDispose]() {
      await toxiproxy[Symbol.asyncDispose]()
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

export function testContext(runId = 'run-1'): FaultContext {
  return { id: 'f1', clock: realClock, random: randomFrom('faults'), runId }
}
