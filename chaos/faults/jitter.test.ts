import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { linkFixture } from './link.fixture.ts'

it('jitter is felt as answers of very different age, and gone after the heal', async () => {
  await using world = await linkFixture()
  const { link: target, context } = world
  const options = { jitterMs: 150 }
  const { evidence } = await keepsTheContract({ kind: 'jitter', target, options, runId: context.runId })
  expect(evidence).toMatch(/^8 greetings differ by \d+ ms through the proxy and \d+ ms around it/)
  expect(world.toxiproxy.toxics.size).toBe(0)
})
