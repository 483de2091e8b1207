import { expect, it } from 'vitest'
import { realClock } from '../kernel/clock.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import { brokerFixture } from './broker.fixture.ts'
import { keepsTheContract } from './contract.fixture.ts'
import { deadLettersUnbound } from './dead-letters-unbound.ts'
import { fakeEngine } from './engine.fixture.ts'

it('dead-letters-unbound is felt by the state of the broker, and gone after the heal', async () => {
  await using engine = await fakeEngine()
  const broker = brokerFixture()
  const target = engine.target({ name: 'broker', broker: broker.control })
  const { evidence } = await keepsTheContract({
    kind: 'dead-letters-unbound',
    target,
    runId: engine.context.runId,
  })
  expect(evidence).toBe('broker has no binding of the dead letters')
  expect(broker.deadLetters.areBound).toBe(true)
})

it('dead-letters-unbound removes the binding again where the service has declared it anew', async () => {
  await using engine = await fakeEngine()
  const broker = brokerFixture()
  const target = engine.target({ name: 'broker', broker: broker.control })
  const fault = deadLettersUnbound.create(target, {}, engine.context)
  await fault.inject(new AbortController().signal)
  broker.deadLetters.areBound = true
  await waitUntil(async () => !broker.deadLetters.areBound, {
    clock: realClock,
    what: 'the binding to go again',
    deadlineMs: 60_000,
  })
  await fault.heal()
  expect(broker.deadLetters.areBound).toBe(true)
})
