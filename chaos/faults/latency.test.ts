import { describe, expect, it } from 'vitest'
import { latency } from './latency.ts'
import { linkFixture } from './link.fixture.ts'

const signal = new AbortController().signal

describe('latency', () => {
  it('says what it does to whom', async () => {
    await using world = await linkFixture()
    const options = { latencyMs: 100, direction: 'both' } as const
    const fault = latency.create(world.link, options, world.context)
    expect(fault.describe()).toBe('worker-1->store is 100 ms slower, each way')
  })

  it('is felt as the time that was asked for, and gone after the heal', async () => {
    await using world = await linkFixture()
    const fault = latency.create(world.link, { latencyMs: 100, direction: 'both' }, world.context)
    expect((await fault.isFelt(signal)).felt).toBe(false)
    await fault.inject(signal)
    const feeling = await fault.isFelt(signal)
    expect(feeling).toMatchObject({ felt: true })
    expect(feeling.evidence).toContain('200 ms were to be added')
    await fault.heal()
    expect((await fault.isFelt(signal)).felt).toBe(false)
    expect(world.toxiproxy.toxics.size).toBe(0)
  })

  it('refuses a latency that no look could tell from a busy machine', () => {
    expect(latency.options.safeParse({ latencyMs: 5 }).success).toBe(false)
  })
})
