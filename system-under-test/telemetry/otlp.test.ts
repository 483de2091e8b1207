import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { sendTo } from './otlp.ts'

async function collector(status: number) {
  const seen: { url: string | undefined; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    seen.push({ url: request.url, body })
    response.writeHead(status).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { seen, endpoint: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

describe('sending to a collector', () => {
  it('goes to its door for traces, or for metrics, as JSON', async () => {
    const { seen, endpoint, close } = await collector(200)
    await sendTo(endpoint, 'traces')({ resourceSpans: [] })
    await sendTo(endpoint, 'metrics')({ resourceMetrics: [] })
    close()
    expect(seen).toEqual([
      { url: '/v1/traces', body: '{"resourceSpans":[]}' },
      { url: '/v1/metrics', body: '{"resourceMetrics":[]}' },
    ])
  })

  it('fails where the collector refuses', async () => {
    const { endpoint, close } = await collector(503)
    await expect(sendTo(endpoint, 'traces')({})).rejects.toThrow('503')
    close()
  })
})
