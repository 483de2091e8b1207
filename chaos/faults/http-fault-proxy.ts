import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HostPort } from './target.ts'

/** What becomes of one request. */
export type HttpFate =
  | 'pass'
  /** Answered by us with this status; the server never sees it. */
  | { readonly status: number }
  /** Carried out by the server, and its answer is thrown away with the connection. */
  | 'lose-answer'

export interface HttpFaultProxy extends AsyncDisposable {
  readonly port: number
}

/** A reverse proxy on HTTP's level, in this process, between a link's Toxiproxy and its server. */
export async function startHttpFaultProxy(options: {
  readonly listenHost: string
  readonly server: HostPort
  readonly fateOf: (path: string) => HttpFate
}): Promise<HttpFaultProxy> {
  const agent = new Agent({ keepAlive: true })
  const proxy = createServer((incoming, outgoing) => {
    const fate = options.fateOf(incoming.url ?? '/')
    if (typeof fate === 'object') refuse(incoming, outgoing, fate.status)
    else forward(incoming, outgoing, { server: options.server, agent, loses: fate === 'lose-answer' })
  })
  await new Promise<void>((resolve, reject) => {
    proxy.once('error', reject)
    proxy.listen(0, options.listenHost, resolve)
  })
  return {
    port: (proxy.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      agent.destroy()
      proxy.closeAllConnections()
      await new Promise((done) => proxy.close(done))
    },
  }
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, status: number): void {
  incoming.resume()
  outgoing.writeHead(status, { 'content-type': 'text/plain' }).end('injected\n')
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { server, agent, loses }: { readonly server: HostPort; readonly agent: Agent; readonly loses: boolean },
): void {
  const { method, url: path, rawHeaders } = incoming
  const { host, port } = server
  const onward = request({ host, port, method, path, headers: rawHeaders, agent }, (answer) => {
    if (loses) {
      answer.resume()
      // Only when the whole answer is there has the server surely done what was asked.
      answer.on('end', () => outgoing.destroy())
      return
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  outgoing.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
