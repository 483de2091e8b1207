import { describe, expect, it } from 'vitest'
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
})
