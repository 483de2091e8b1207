import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]
}

export interface Collector extends AsyncDisposable {
  /** What OTEL_EXPORTER_OTLP_ENDPOINT would be. */
  readonly endpoint: string
  /** Read when they are asked for: taking them must cost nothing that a measurement would feel. */
  spans(): readonly ReceivedSpan[]
  /** The newest of each metric, by its name. */
  metrics(): ReadonlyMap<string, ReceivedMetric>
}

export interface ReceivedMetric {
  readonly name: string
  readonly sum?: { readonly dataPoints: readonly { readonly asDouble: number }[] }
  readonly gauge?: { readonly dataPoints: readonly { readonly asDouble: number }[] }
  readonly histogram?: {
    readonly dataPoints: readonly {
      readonly count: string
      readonly explicitBounds: readonly number[]
      readonly bucketCounts: readonly string[]
    }[]
  }
}

/** A small receiver of OTLP over HTTP, in JSON, on loopback. */
export async function openCollector(): Promise<Collector> {
  const bodies: Record<string, string[]> = { '/v1/traces': [], '/v1/metrics': [] }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    const kept = bodies[request.url ?? '']
    if (kept === undefined) {
      response.writeHead(404).end()
      return
    }
    kept.push(body)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"partialSuccess":{}}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => (bodies['/v1/traces'] ?? []).flatMap(spansOf),
    metrics: () =>
      new Map((bodies['/v1/metrics'] ?? []).flatMap(metricsOf).map((metric) => [metric.name, metric])),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function spansOf(body: string): ReceivedSpan[] {
  const { resourceSpans } = JSON.parse(body) as {
    resourceSpans: { scopeSpans: { spans: ReceivedSpan[] }[] }[]
  }
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans).flatMap(({ spans }) => spans)
}

function metricsOf(body: string): ReceivedMetric[] {
  const { resourceMetrics } = JSON.parse(body) as {
    resourceMetrics: { scopeMetrics: { metrics: ReceivedMetric[] }[] }[]
  }
  return resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics).flatMap(({ metrics }) => metrics)
}
