import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { json } from 'node:stream/consumers'

/** Toxiproxy's API and its data path, small: real sockets on loopback, one proxy named `link`, toxics for tests. */
export interface FakeToxiproxy extends AsyncDisposable {
  readonly url: string
  /** The port of the proxy; its upstream is what was handed over. */
  readonly port: number
  readonly toxics: Map<string, KeptToxic>
  readonly requests: string[]
  /** Takes every request and does nothing, as a misspelt toxic does. */
  deaf: boolean
  /** Said in answer to every change of the proxy, whatever was done. */
  answerInstead: object | undefined
  /** Told in its metrics, of connections that have ended. */
  bytesFromClients: number
}

interface KeptToxic {
  readonly name: string
  readonly type: string
  readonly stream: string
  readonly attributes: Record<string, number>
}

export async function fakeToxiproxy(upstreamPort: number): Promise<FakeToxiproxy> {
  const toxics = new Map<string, KeptToxic>()
  const sockets = new Set<Socket>()
  let upstream = upstreamPort
  let enabled = true
  const proxy = createServer((client) => {
    if (!enabled) return client.destroy()
    client.on('close', () => {
      fake.bytesFromClients += client.bytesRead
    })
    join(client, connect({ host: '127.0.0.1', port: upstream }), toxics, sockets)
  })
  const api = createHttp((request, response) => void answer(request, response))
  const port = await listen(proxy)
  const url = `http://127.0.0.1:${await listen(api)}`
  const fake: FakeToxiproxy = {
    url,
    port,
    toxics,
    requests: [],
    deaf: false,
    answerInstead: undefined,
    bytesFromClients: 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      api.closeAllConnections()
      await Promise.all([proxy, api].map((server) => new Promise((done) => server.close(done))))
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    fake.requests.push(`${request.method} ${request.url}`)
    if (request.url === '/metrics') return void response.end(metricsOf(fake.bytesFromClients))
    const body = request.method === 'POST' ? ((await json(request)) as Record<string, unknown>) : {}
    const [status, result] = change(request.method ?? '', request.url ?? '', body)
    response.writeHead(status).end(result === undefined ? '' : JSON.stringify(result))
  }

  function change(method: string, path: string, body: Record<string, unknown>): [number, unknown?] {
    const name = /^\/proxies\/link\/toxics\/(.+)$/.exec(path)?.[1]
    if (path === '/proxies/link/toxics') return add(body as unknown as KeptToxic)
    if (name !== undefined) return remove(method, name)
    if (path !== '/proxies/link') return [404, { error: 'proxy not found', status: 404 }]
    if (typeof body.enabled === 'boolean' && !fake.deaf) enabled = body.enabled
    if (typeof body.upstream === 'string' && !fake.deaf) upstream = Number(body.upstream.split(':')[1])
    if (method === 'POST' && !fake.deaf) for (const socket of sockets) socket.destroy()
    const kept = { name: 'link', enabled: body.enabled ?? enabled, upstream: `127.0.0.1:${upstream}` }
    return [200, fake.answerInstead ?? kept]
  }

  function add(toxic: KeptToxic): [number, unknown?] {
    if (toxics.has(toxic.name)) return [409, { error: 'toxic already exists', status: 409 }]
    toxics.set(toxic.name, fake.deaf ? { ...toxic, type: 'none' } : toxic)
    return [200, toxic]
  }

  function remove(method: string, name: string): [number, unknown?] {
    const toxic = toxics.get(name)
    if (toxic === undefined) return [404, { error: 'toxic not found', status: 404 }]
    if (method === 'GET') return [200, toxic]
    toxics.delete(name)
    return [204]
  }
  return fake
}

/** As Toxiproxy 2.12 words them: a series each way. */
function metricsOf(bytes: number): string {
  const series = (direction: string) =>
    `toxiproxy_proxy_received_bytes_total{direction="${direction}",listener="[::]:1",proxy="link",upstream="x:1"}`
  return (
    '# TYPE toxiproxy_proxy_received_bytes_total counter\n' +
    `${series('downstream')} 1e+06\n${series('upstream')} ${bytes}\n`
  )
}

function listen(server: Server | ReturnType<typeof createHttp>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function join(client: Socket, server: Socket, toxics: Map<string, KeptToxic>, sockets: Set<Socket>): void {
  for (const socket of [client, server]) {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      client.destroy()
      server.destroy()
    })
  }
  const toxicsOf = (stream: string) => [...toxics.values()].filter((toxic) => toxic.stream === stream)
  if ([...toxics.values()].some(({ type }) => type === 'reset_peer')) return void client.resetAndDestroy()
  void pour(client, server, () => toxicsOf('upstream'))
  void pour(server, client, () => toxicsOf('downstream'))
}

async function pour(from: Socket, to: Socket, toxics: () => readonly KeptToxic[]): Promise<void> {
  let sent = 0
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (const piece of cut(chunk, toxics())) {
        const left = limitOf(toxics()) - sent
        await delayOf(piece.length, toxics())
        to.write(piece.subarray(0, Math.max(0, left)))
        sent += piece.length
        if (piece.length > left) return void to.end()
      }
    }
    to.end()
  } catch {
    to.destroy()
  }
}

function limitOf(toxics: readonly KeptToxic[]): number {
  const limit = toxics.find(({ type }) => type === 'limit_data')
  return limit?.attributes.bytes ?? Number.POSITIVE_INFINITY
}

function cut(chunk: Buffer, toxics: readonly KeptToxic[]): readonly Buffer[] {
  const size = toxics.find(({ type }) => type === 'slicer')?.attributes.average_size ?? chunk.length
  const count = Math.ceil(chunk.length / Math.max(1, size))
  return Array.from({ length: count }, (_, at) => chunk.subarray(at * size, (at + 1) * size))
}

async function delayOf(bytes: number, toxics: readonly KeptToxic[]): Promise<void> {
  let ms = 0
  for (const { type, attributes } of toxics) {
    const { latency = 0, jitter = 0, delay = 0, rate = 1 } = attributes
    if (type === 'timeout') await new Promise(() => {})
    if (type === 'latency') ms += latency + (Math.random() * 2 - 1) * jitter
    if (type === 'slicer') ms += delay / 1_000
    if (type === 'bandwidth') ms += bytes / rate
  }
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
}
