import { describe, expect, it } from 'vitest'
import { requestOf, serviceInMemory } from '../api/service.fixture.ts'
import { createOtlpTracer } from './otlp-tracer.ts'
import { hexOf, parseTraceparent } from './tracer.ts'

const client = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

interface SentSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
}

function world(works = true) {
  const service = serviceInMemory()
  const spans: SentSpan[] = []
  const tracer = createOtlpTracer({
    clock: service.clock,
    random: service.random,
    replica: 'api-1',
    async send(request) {
      if (!works) throw new Error('no collector')
      const { resourceSpans } = request as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] }
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans).flatMap((scope) => scope.spans))
    },
  })
  return { ...service, tracer, spans }
}

describe('a traceparent', () => {
  it('is read if it is one', () => {
    expect(parseTraceparent(client)).toEqual({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    })
  })

  it.each([undefined, '', 'nonsense', client.replace('b7ad6b7169203331', '0'.repeat(16)), `${client}-more`])(
    'is none: %s',
    (text) => {
      expect(parseTraceparent(text)).toBeUndefined()
    },
  )
})

describe('hex digits of chance', () => {
  it('are as many as asked for, and never all zero', () => {
    expect(hexOf({ next: () => 0 }, 16)).toBe(`${'0'.repeat(15)}1`)
    expect(hexOf({ next: () => 1 - 2 ** -32 }, 32)).toBe('f'.repeat(32))
  })
})

describe('the trace of an order', () => {
  it('is one, from the client through the queue to the store', async () => {
    const { api, worker, clock, tracer, spans, answerAfter } = world()
    const replica = api()
    worker('worker-1', tracer)
    await clock.advance(0)
    const span = tracer.begin('POST /orders', 'server', client)
    await answerAfter(10, replica.submit(requestOf('a', { traceparent: span.traceparent })))
    span.end({})
    await clock.advance(2_000)
    const byName = new Map(spans.map((each) => [each.name, each]))
    const [server, carryOut, write] = ['POST /orders', 'carry out', 'store write'].map((name) =>
      byName.get(name),
    )
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(
      new Set(['0af7651916cd43dd8448eb211c80319c']),
    )
    expect(server?.parentSpanId).toBe('b7ad6b7169203331')
    expect(carryOut?.parentSpanId).toBe(server?.spanId)
    expect(write?.parentSpanId).toBe(carryOut?.spanId)
    const stopped = tracer.stop()
    await clock.advance(0)
    await stopped
  })

  it('is dropped and counted where no collector takes it, and never more than so many are kept', async () => {
    const { clock, tracer } = world(false)
    for (let n = 0; n < 3_000; n += 1) tracer.begin('a', 'server', undefined).end({})
    expect(tracer.dropped()).toBe(3_000 - 2_048)
    await clock.advance(1_000)
    expect(tracer.dropped()).toBe(3_000)
    const stopped = tracer.stop()
    await clock.advance(0)
    await stopped
  })
})
