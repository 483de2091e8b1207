import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { linkFixture } from './link.fixture.ts'

it('connection-flap is felt as greetings answered and cut in turns, and gone after the heal', async () => {
  await using world = await linkFixture()
  const { link: target, context } = world
  const options = { downMs: 100, upMs: 100 }
  const example = { kind: 'connection-flap', target, options, runId: context.runId }
  expect((await keepsTheContract(example)).evidence).toMatch(/were answered and \d+ cut, with 2 changes/)
})
