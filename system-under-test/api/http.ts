import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import { criticalityOf } from '../queue/message-codec.ts'
import type { Tracer } from '../telemetry/tracer.ts'
import { bad } from './answers.ts'
import { boundBodies } from './body-bound.ts'
import { bodyBytesMax } from './check-request.ts'
import type { ApiReplica } from './replica.ts'
import type { Answer, SubmitRequest } from './submit-order.ts'

export interface HttpParts {
  readonly clock: Clock
  readonly tracer?: Tracer
  /** What all bodies may hold together. */
  readonly bytesMax: number
  /** How long a whole request may take to come in; 10 s if left out. */
  readonly requestTimeoutMs?: number
}

// Twice what an order may have: who sends a little too much gets an answer, not a reset in the middle of sending.
const longestBytes = 2 * bodyBytesMax
// 10 s: who sends slower than this holds a socket for nothing.
const wholeRequestMs = 10_000
const lookEveryMs = 1_000

/** The HTTP side of an API replica: routes, limits, health, metrics. Decides nothing about orders. */
export function createHttp(
  replica: ApiReplica,
  { clock, tracer, bytesMax, requestTimeoutMs = wholeRequestMs }: HttpParts,
): FastifyInstance {
  const http = Fastify({
    // The service has one logger, and what is worth a line is logged where it is decided.
    logger: false,
    bodyLimit: longestBytes,
    requestTimeout: requestTimeoutMs,
    http: {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      // Node looks every 30 s who is late, which would let the slow ones stay for 40.
      connectionsCheckingInterval: Math.min(lookEveryMs, requestTimeoutMs / 2),
    },
    connectionTimeout: 0,
    keepAliveTimeout: 30_000,
    // While stopping, what still comes on open connections is answered as ever.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  })
  boundBodies(http, bytesMax, longestBytes)
  // The body is taken as it came: what is stored is what was sent, byte by byte.
  http.removeAllContentTypeParsers()
  http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  http.addHook('onSend', (_request, reply, _payload, done) => {
    if (replica.isStopping()) reply.header('connection', 'close')
    done()
  })
  http.setErrorHandler(answerError)
  http.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'not-found' }))

  const timed = (route: string, handle: (request: FastifyRequest) => Promise<Answer>) =>
    timedHandler(replica, clock, route, handle)
  const submit =
    tracer === undefined ? replica.submit : (request: SubmitRequest) => submitTraced(replica, tracer, request)
  http.post(
    '/orders',
    timed('submit', (request) => submit(submitRequestOf(request))),
  )
  http.get<{ Params: { id: string } }>(
    '/orders/:id',
    timed('read', (request) => replica.read((request.params as { id: string }).id)),
  )
  http.get('/health/live', async () => ({ status: 'live' }))
  http.get('/health/ready', async (_request, reply) => {
    const ready = replica.isReady()
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
  })
  http.get('/metrics', async (_request, reply) => {
    replica.sample()
    const { registry } = replica.metrics
    return reply.type(registry.contentType).send(await registry.metrics())
  })
  return http
}

function timedHandler(
  { metrics }: ApiReplica,
  clock: Clock,
  route: string,
  handle: (request: FastifyRequest) => Promise<Answer>,
) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const startedMs = clock.nowMs()
    const { status, headers, body } = await handle(request)
    metrics.requests.inc({ route, status: String(status) })
    metrics.duration.observe({ route }, (clock.nowMs() - startedMs) / 1_000)
    return reply.code(status).headers(headers).send(body)
  }
}

async function submitTraced({ submit }: ApiReplica, tracer: Tracer, request: SubmitRequest): Promise<Answer> {
  const span = tracer.begin('POST /orders', 'server', request.traceparent)
  const answer = await submit({ ...request, traceparent: span.traceparent })
  span.end({ 'order.id': request.idempotencyKey ?? '', 'http.response.status_code': answer.status })
  return answer
}

function submitRequestOf({ headers, body }: FastifyRequest): SubmitRequest {
  const header = (name: string) => (typeof headers[name] === 'string' ? headers[name] : undefined)
  const patience = Number(header('x-timeout-ms'))
  const traceparent = header('traceparent')
  const client = header('x-client')
  return {
    idempotencyKey: header('idempotency-key'),
    contentType: header('content-type'),
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    criticality: criticalityOf(header('x-criticality')),
    ...(client === undefined ? {} : { client }),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(Number.isFinite(patience) && patience > 0 ? { patienceMs: patience } : {}),
  }
}

/** What Fastify refuses before any of our code runs: bodies that are too large or broken off. */
function answerError(error: Error & { statusCode?: number }, _request: FastifyRequest, reply: FastifyReply) {
  if (error.statusCode === 413) {
    const { status, body } = bad({ status: 413, error: 'too-large' }, [
      `the body may have ${bodyBytesMax} bytes`,
    ])
    return reply.code(status).send(body)
  }
  const status = error.statusCode ?? 500
  return reply.code(status).send({ error: status < 500 ? 'bad-request' : 'internal' })
}
