import { describe, expect, it } from 'vitest'
import { brokerFixture } from './broker.fixture.ts'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'
import { queueDeleted } from './queue-deleted.ts'

const signal = new AbortController().signal

describe('queue-deleted', () => {
  it('is felt by the state of the broker, and gone after the heal', async () => {
    await using engine = await fakeEngine()
    const broker = brokerFixture()
    const before = structuredClone(broker.facts)
    const target = engine.target({ name: 'broker', broker: broker.control })
    const { evidence } = await keepsTheContract({
      kind: 'queue-deleted',
      target,
      runId: engine.context.runId,
    })
    expect(evidence).toBe('broker has no such queue; the one before had seen 7')
    expect(broker.facts).toEqual(before)
  })

  it('is felt where a client has declared the queue again at once: it is another one', async () => {
    await using engine = await fakeEngine()
    const broker = brokerFixture()
    const deleteQueue = async () => void Object.assign(broker.facts, { published: 2 })
    const target = engine.target({ name: 'broker', broker: { ...broker.control, deleteQueue } })
    const fault = queueDeleted.create(target, { onlyEmpty: true }, engine.context)
    await fault.inject(signal)
    expect(await fault.isFelt(signal)).toEqual({
      felt: true,
      evidence: 'broker has the queue, which has seen 2 messages; the one before had seen 7',
    })
    await fault.heal()
    expect((await fault.isFelt(signal)).felt).toBe(false)
  })

  it('takes nothing along: it waits until the queue is empty, unless it is told not to', async () => {
    await using engine = await fakeEngine()
    const broker = brokerFixture()
    const target = engine.target({ name: 'broker', broker: broker.control })
    let nowMs = 0
    const sleep = async (ms: number) => {
      nowMs += ms
      if (isBusy) broker.facts.published += 1
    }
    let isBusy = true
    const context = { ...engine.context, clock: { ...engine.context.clock, nowMs: () => nowMs, sleep } }
    const patient = queueDeleted.create(target, { onlyEmpty: true }, context)
    // Always empty when it is looked at, and yet something goes through it all the time.
    await expect(patient.inject(signal)).rejects.toThrow('waited for the queue of broker to be empty and at')
    isBusy = false
    broker.facts.ready = 3
    await expect(patient.inject(signal)).rejects.toThrow('waited for the queue of broker to be empty and at')
    expect(broker.facts.queueExists).toBe(true)
    await queueDeleted.create(target, { onlyEmpty: false }, context).inject(signal)
    expect(broker.facts.queueExists).toBe(false)
  })
})
