import { expect, it } from 'vitest'
import { brokerFixture } from './broker.fixture.ts'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'

it('policy-changed is felt by the state of the broker, and gone after the heal', async () => {
  await using engine = await fakeEngine()
  const broker = brokerFixture()
  const before = structuredClone(broker.facts)
  const target = engine.target({ name: 'broker', broker: broker.control })
  const { evidence } = await keepsTheContract({ kind: 'policy-changed', target, runId: engine.context.runId })
  expect(evidence).toBe('policies of broker: max-length 1000')
  expect(broker.facts).toEqual(before)
})
