import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'

it('container-stop gives the grace that was asked for, and the heal starts the container again', async () => {
  await using engine = await fakeEngine()
  const example = { kind: 'container-stop', target: engine.target(), options: { graceS: 7 } }
  const { evidence } = await keepsTheContract({ ...example, runId: engine.context.runId })
  expect(evidence).toMatch(/^worker-1 ended with exit code 143/)
  expect(engine.changes[0]).toBe('stop?t=7')
  expect(engine.state.running).toBe(true)
})
