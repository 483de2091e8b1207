import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FaultContext } from './fault.ts'
import { testContext } from './link.fixture.ts'
import type { LinkTarget } from './target.ts'
import { fakeToxiproxy } from './toxiproxy.fixture.ts'

/** A link on loopback to an HTTP server that remembers what it was asked. */
export interface HttpLinkFixture extends AsyncDisposable {
  readonly link: LinkTarget
  readonly context: FaultContext
  /** `POST /orders body`, in order. */
  readonly served: string[]
}

export async function httpLinkFixture(): Promise<HttpLinkFixture> {
  const served: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    served.push(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`.trim())
    response.writeHead(202, { 'x-order': 'a' }).end('accepted')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const toxiproxy = await fakeToxiproxy(port)
  return {
    served,
    context: testContext(),
    link: {
      kind: 'link',
      name: 'client->api-1',
      role: 'client->api',
      capabilities: new Set(['proxied', 'http']),
      toxiproxyUrl: toxiproxy.url,
      proxyName: 'link',
      proxied: { host: '127.0.0.1', port: toxiproxy.port },
      control: { host: '127.0.0.1', port },
      hello: Buffer.from('GET / HTTP/1.1\r\nHost: api\r\nConnection: close\r\n\r\n'),
      harnessHost: '127.0.0.1',
    },
    async [Symbol.asyncDispose]() {
      await toxiproxy[Symbol.asyncDispose]()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
