import { expect, it } from 'vitest'
import { brokerFixture } from './broker.fixture.ts'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'

it('broker-alarm is felt by the state of the broker, and gone after the heal', async () => {
  await using engine = await fakeEngine()
  const broker = brokerFixture()
  const before = structuredClone(broker.facts)
  const target = engine.target({ name: 'broker', broker: broker.control })
  const { evidence } = await keepsTheContract({ kind: 'broker-alarm', target, runId: engine.context.runId })
  expect(evidence).toBe('the alarm of broker is on')
  expect(broker.facts).toEqual(before)
})
