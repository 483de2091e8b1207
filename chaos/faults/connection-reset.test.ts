import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { linkFixture } from './link.fixture.ts'

it('connection-reset cuts what is open, resets what is new, and is gone after the heal', async () => {
  await using world = await linkFixture()
  const { link: target, context, toxiproxy } = world
  const { evidence } = await keepsTheContract({ kind: 'connection-reset', target, runId: context.runId })
  expect(evidence).toMatch(/^through the proxy: (reset|closed) after/)
  const changes = toxiproxy.requests.filter((request) => request === 'POST /proxies/link')
  // Off and on when it goes in; on, to be sure, at each of the four heals but the first.
  expect(changes.length).toBeGreaterThanOrEqual(4)
})
