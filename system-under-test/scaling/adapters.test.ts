import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { managementGauge } from './management-gauge.ts'
import { orchestratorFleet } from './orchestrator-fleet.ts'
import { readScalingSettings } from './scaling-settings.ts'

type Answer = readonly [status: number, body: unknown]
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server on loopback that answers as told, and remembers what it was asked. */
async function serverThat(answers: (asked: string) => Answer) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`
    asked.push(line)
    const [status, body] = answers(line)
    response.writeHead(status).end(body === undefined ? '' : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((done) => server.close(done)))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const gaugeAt = (url: string, queues = ['orders']) =>
  managementGauge({ url, vhost: 'a/b', user: 'guest', password: 'guest', queues })

describe('the gauge over the broker’s management', () => {
  it('tells what waits, what is in hands, and what was ever published', async () => {
    const body = { messages_ready: 7, messages_unacknowledged: 5, message_stats: { publish: 90 } }
    const { url, asked } = await serverThat(() => [200, body])
    expect(await gaugeAt(url).read()).toEqual({ ready: 7, inHands: 5, publishedTotal: 90 })
    expect(asked).toEqual(['GET /api/queues/a%2Fb/orders'])
  })

  it('takes partitions for one queue, and says nothing when one of them is not told of', async () => {
    const body = { messages_ready: 7, messages_unacknowledged: 5, message_stats: { publish: 90 } }
    const { url } = await serverThat((line) => (line.endsWith('.2') ? [404, {}] : [200, body]))
    const both = gaugeAt(url, ['orders.0', 'orders.1'])
    expect(await both.read()).toEqual({ ready: 14, inHands: 10, publishedTotal: 180 })
    await expect(gaugeAt(url, ['orders.0', 'orders.2']).read()).rejects.toThrow()
  })

  it('reads a queue that nobody published to as one with nothing published', async () => {
    const { url } = await serverThat(() => [200, { messages_ready: 0, messages_unacknowledged: 0 }])
    expect(await gaugeAt(url).read()).toEqual({ ready: 0, inHands: 0, publishedTotal: 0 })
  })

  it.each<[string, Answer]>([
    ['refuses', [503, {}]],
    ['leaves out the numbers', [200, { name: 'orders' }]],
  ])('says nothing when the broker %s', async (_what, answer) => {
    const { url } = await serverThat(() => answer)
    await expect(gaugeAt(url).read()).rejects.toThrow()
  })
})

describe('the fleet over an orchestrator', () => {
  it('counts, grows, and hands the grace on when it shrinks', async () => {
    const { url, asked } = await serverThat((line) => [
      200,
      line.startsWith('GET') ? { running: 3 } : undefined,
    ])
    const fleet = orchestratorFleet(url)
    expect(await fleet.count()).toBe(3)
    await fleet.grow()
    await fleet.shrink(10_000)
    expect(asked).toEqual(['GET /workers', 'POST /workers/grow', 'POST /workers/shrink?graceMs=10000'])
  })

  it('passes on why it could not', async () => {
    const { url } = await serverThat(() => [409, { error: 'there is no room' }])
    await expect(orchestratorFleet(url).grow()).rejects.toThrow('409 to POST /workers/grow')
  })
})

describe('the settings of the autoscaler', () => {
  it('have defaults', () => {
    expect(readScalingSettings({})).toMatchObject({ WORKERS_MIN: 2, WORKERS_MAX: 8 })
  })

  it('are refused with all problems at once', () => {
    expect(() => readScalingSettings({ FLEET_URL: 'no', SCALE_EVERY_MS: '0' })).toThrow('2 problem(s)')
    expect(() => readScalingSettings({ WORKERS_MIN: '5', WORKERS_MAX: '4' })).toThrow('WORKERS_MAX: must be')
  })
})
