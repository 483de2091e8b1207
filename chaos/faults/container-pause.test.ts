import { describe, expect, it } from 'vitest'
import { realClock } from '../kernel/clock.ts'
import { containerPause } from './container-pause.ts'
import { fakeEngine } from './engine.fixture.ts'

const signal = new AbortController().signal

describe('container-pause', () => {
  it('is felt as a frozen container that greets nobody, and gone after the heal', async () => {
    await using engine = await fakeEngine()
    const fault = containerPause.create(engine.target(), {}, engine.context)
    expect((await fault.isFelt(signal)).felt).toBe(false)
    await fault.inject(signal)
    expect((await fault.isFelt(signal)).felt).toBe(true)
    await fault.heal()
    await fault.heal()
    expect((await fault.isFelt(signal)).felt).toBe(false)
    expect(engine.changes).toEqual(['pause', 'unpause'])
  })

  it('is not felt where only the service is slow: the freezer must be on', async () => {
    await using engine = await fakeEngine()
    const fault = containerPause.create(engine.target({ answers: async () => false }), {}, engine.context)
    expect((await fault.isFelt(signal)).felt).toBe(false)
  })

  it('asks again where the container has only just come up and cannot be frozen yet', async () => {
    await using engine = await fakeEngine()
    engine.refusals = 2
    const fault = containerPause.create(engine.target(), {}, engine.context)
    await fault.inject(signal)
    expect(engine.changes).toEqual(['pause', 'pause', 'pause'])
    expect((await fault.isFelt(signal)).felt).toBe(true)
  })

  it('gives up with the Engine’s own words', async () => {
    await using engine = await fakeEngine()
    engine.refusals = 1_000
    // Sleeping is only counted: the Engine beside it answers in real time.
    let nowMs = 0
    const sleep = async (ms: number) => {
      nowMs += ms
    }
    const clock = { ...realClock, nowMs: () => nowMs, sleep }
    const fault = containerPause.create(engine.target(), {}, { ...engine.context, clock })
    await expect(fault.inject(signal)).rejects.toThrow(
      /waited for worker-1 to be frozen: .* within 5 s, .*unable to freeze/,
    )
  })
})
