import { expect, it } from 'vitest'
import { brokerFixture } from './broker.fixture.ts'
import { keepsTheContract } from './contract.fixture.ts'
import { deliveriesDoubled } from './deliveries-doubled.ts'
import { fakeEngine } from './engine.fixture.ts'

it('deliveries-doubled is felt by the copies that the broker delivered, and gone after the heal', async () => {
  await using engine = await fakeEngine()
  const broker = brokerFixture()
  const target = engine.target({ name: 'broker', broker: broker.control })
  const { evidence } = await keepsTheContract({
    kind: 'deliveries-doubled',
    target,
    runId: engine.context.runId,
  })
  expect(evidence).toBe('broker has delivered 3 copies')
  expect(broker.facts.copiesDelivered).toBeUndefined()
})

it('deliveries-doubled is not felt where nothing was published: a copy of nothing is nothing', async () => {
  await using engine = await fakeEngine()
  const broker = brokerFixture()
  broker.facts.copiesDelivered = 0
  const target = engine.target({ name: 'broker', broker: broker.control })
  const fault = deliveriesDoubled.create(target, { afterMs: 500 }, engine.context)
  expect(await fault.isFelt(new AbortController().signal)).toEqual({
    felt: false,
    evidence: 'broker has delivered 0 copies',
  })
})
