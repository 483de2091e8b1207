import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { grafanaOf, postAnnotations } from './post-annotations.ts'

const annotations = [
  { time: 1, timeEnd: 2, tags: ['seawall', 'fault'], text: 'one' },
  { time: 3, tags: ['seawall', 'fault'], text: 'two' },
]

async function grafana(statuses: readonly number[]) {
  const seen: { path: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    seen.push({ path: request.url, headers: request.headers, body: JSON.parse(body) })
    response.writeHead(statuses[seen.length - 1] ?? 200).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { seen, url: `http://127.0.0.1:${port}/grafana`, close: () => server.close() }
}

describe('annotations for Grafana', () => {
  it('are posted one by one, as its API takes them, with the token', async () => {
    const { seen, url, close } = await grafana([])
    const place = grafanaOf({ SEAWALL_GRAFANA_URL: `${url}/`, SEAWALL_GRAFANA_TOKEN: 'secret' })
    expect(await postAnnotations(place as { url: string }, annotations)).toBeUndefined()
    close()
    expect(seen.map(({ path, headers, body }) => [path, headers.authorization, body])).toEqual(
      annotations.map((annotation) => ['/grafana/api/annotations', 'Bearer secret', annotation]),
    )
  })

  it('stop at the first that is refused, which is said, and the token is not', async () => {
    const { seen, url, close } = await grafana([200, 401])
    const problem = await postAnnotations({ url, token: 'secret' }, [...annotations, ...annotations])
    close()
    expect(problem).toBe('Grafana took 1 of 4 annotations: it answered 401')
    expect(seen).toHaveLength(2)
  })

  it('are not taken where nobody listens, which is said too', async () => {
    expect(await postAnnotations({ url: 'http://127.0.0.1:1' }, annotations)).toMatch(
      /^Grafana took 0 of 2 annotations: /,
    )
  })

  it('go nowhere unless a place is named', () => {
    expect(grafanaOf({})).toBeUndefined()
    expect(grafanaOf({ SEAWALL_GRAFANA_URL: '' })).toBeUndefined()
  })
})
