import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { linkFixture } from './link.fixture.ts'

it('slicer is felt as several reads with pauses, and gone after the heal', async () => {
  await using world = await linkFixture()
  const { link: target, context } = world
  const options = { pieceBytes: 25, pauseMs: 8 }
  const { evidence } = await keepsTheContract({ kind: 'slicer', target, options, runId: context.runId })
  expect(evidence).toMatch(/\d+ reads through the proxy, \d+ around it/)
})
