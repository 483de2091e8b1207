import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'

it('store-slow is felt as standing still and working in turns, and works after the heal', async () => {
  await using engine = await fakeEngine()
  const options = { pauseMs: 60, runMs: 60 }
  const example = { kind: 'store-slow', target: engine.target(), options }
  const { evidence } = await keepsTheContract({ ...example, runId: engine.context.runId })
  expect(evidence).toContain('changed 2 times between standing still and working')
  expect(engine.state.paused).toBe(false)
})
