import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { httpError } from './http-error.ts'
import { httpLinkFixture } from './http-link.fixture.ts'

const signal = new AbortController().signal
// A kept connection would be one that the fault has ended.
const headers = { connection: 'close' }

describe('http-error', () => {
  it('is felt by the status of some requests, and gone after the heal', async () => {
    await using world = await httpLinkFixture()
    const { link: target, context } = world
    const options = { share: 0.5, status: 503 }
    const { evidence } = await keepsTheContract({ kind: 'http-error', target, options, runId: context.runId })
    expect(evidence).toMatch(/^\d+ of 14 requests were hit through the proxy, 0 around it$/)
  })

  it('hits only its route, and hides those requests from the server', async () => {
    await using world = await httpLinkFixture()
    const options = { share: 1, status: 500, route: '/orders' }
    const fault = httpError.create(world.link, options, world.context)
    await fault.inject(signal)
    const { port } = world.link.proxied
    const ask = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: 'one', headers })
    expect((await ask('/orders/1')).status).toBe(500)
    const passed = await ask('/health')
    expect([passed.status, passed.headers.get('x-order'), await passed.text()]).toEqual([
      202,
      'a',
      'accepted',
    ])
    expect(world.served).toEqual(['POST /health one'])
    await fault.heal()
    expect((await ask('/orders/2')).status).toBe(202)
  })
})
