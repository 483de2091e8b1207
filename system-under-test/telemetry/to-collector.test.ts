import { describe, expect, it } from 'vitest'
import { serveInMemory } from '../api/served.fixture.ts'
import { order } from '../api/service.fixture.ts'
import { openCollector, type ReceivedSpan } from './collector.fixture.ts'

const client = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

function isOf(orderId: string) {
  return ({ attributes }: ReceivedSpan) =>
    attributes.some(({ key, value }) => key === 'order.id' && value.stringValue === orderId)
}

describe('what a collector gets', () => {
  it('is one trace an order: from the client through API and queue to worker and store', async () => {
    await using collector = await openCollector()
    {
      await using service = await serveInMemory(collector.endpoint)
      const submit = (id: string, headers: Record<string, string>) =>
        fetch(`${service.url}/orders`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': id, ...headers },
          body: JSON.stringify(order),
        })
      await expect
        .poll(async () => (await submit('one', { traceparent: client })).status, { timeout: 20_000 })
        .toBe(202)
      await expect.poll(async () => (await submit('two', {})).status, { timeout: 20_000 }).toBe(202)
      // The worker's span ends after the answer; what is left when the service ends is sent then.
      await expect
        .poll(async () => (await fetch(`${service.url}/orders/two`)).text(), { timeout: 20_000 })
        .toContain('"done"')
    }
    const spans = collector.spans()
    const ofOne = spans.filter(({ traceId }) => traceId === '0af7651916cd43dd8448eb211c80319c')
    const accepted = ofOne.filter(({ name }) => name === 'POST /orders').at(-1)
    const carriedOut = ofOne.find(({ name }) => name === 'carry out')
    const written = ofOne.find(({ name }) => name === 'store write')
    expect(accepted?.parentSpanId).toBe('b7ad6b7169203331')
    expect(carriedOut?.parentSpanId).toBe(accepted?.spanId)
    expect(written?.parentSpanId).toBe(carriedOut?.spanId)
    const traces = new Set(spans.filter(isOf('two')).map(({ traceId }) => traceId))
    expect(traces.has('0af7651916cd43dd8448eb211c80319c')).toBe(false)
    expect(new Set(spans.filter(isOf('one')).map(({ traceId }) => traceId)).size).toBe(1)
  })

  it('has the metrics that /metrics shows too, the last ones when the service ends', async () => {
    await using collector = await openCollector()
    {
      await using service = await serveInMemory(collector.endpoint)
      const submit = () =>
        fetch(`${service.url}/orders`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': 'one' },
          body: JSON.stringify(order),
        })
      await expect.poll(async () => (await submit()).status, { timeout: 20_000 }).toBe(202)
    }
    const metrics = collector.metrics()
    expect(metrics.get('orders_accepted_total')?.sum?.dataPoints).toMatchObject([{ asDouble: 1 }])
    expect(metrics.get('admission_in_flight')?.gauge?.dataPoints).toMatchObject([{ asDouble: 0 }])
    const [durations] = metrics.get('http_request_duration_seconds')?.histogram?.dataPoints ?? []
    const inBuckets = durations?.bucketCounts.reduce((sum, count) => sum + Number(count), 0)
    expect(inBuckets).toBe(Number(durations?.count))
    expect(durations?.bucketCounts).toHaveLength((durations?.explicitBounds.length ?? 0) + 1)
  })
})
