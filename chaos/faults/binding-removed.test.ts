import { expect, it } from 'vitest'
import { bindingRemoved } from './binding-removed.ts'
import { brokerFixture } from './broker.fixture.ts'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'

it('binding-removed is felt by the state of the broker, and gone after the heal', async () => {
  await using engine = await fakeEngine()
  const broker = brokerFixture()
  const before = structuredClone(broker.facts)
  const target = engine.target({ name: 'broker', broker: broker.control })
  const { evidence } = await keepsTheContract({
    kind: 'binding-removed',
    target,
    runId: engine.context.runId,
  })
  expect(evidence).toBe('broker has the queue and no binding')
  expect(broker.facts).toEqual(before)
})

it('binding-removed is felt where the service declares the binding anew faster than anybody can look', async () => {
  await using engine = await fakeEngine()
  const { control, facts } = brokerFixture()
  let declared = 0
  const quick = {
    ...control,
    async facts() {
      // As after a message that came back, and no more than so often.
      if (!facts.bindingExists && declared < 3) {
        declared += 1
        facts.bindingExists = true
      }
      return facts
    },
  }
  const fault = bindingRemoved.create(engine.target({ name: 'broker', broker: quick }), {}, engine.context)
  const { signal } = new AbortController()
  await fault.inject(signal)
  expect(await fault.isFelt(signal)).toMatchObject({ felt: true })
  expect(declared).toBe(3)
  facts.bindingExists = true
  expect(await fault.isFelt(signal)).toMatchObject({ felt: false })
  await fault.heal()
})
