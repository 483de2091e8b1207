import { describe, expect, it } from 'vitest'
import { connectionCut } from './connection-cut.ts'
import { linkFixture } from './link.fixture.ts'

const signal = new AbortController().signal

describe('connection-cut', () => {
  it('is felt as connections that end at once, and gone after the heal', async () => {
    await using world = await linkFixture()
    const fault = connectionCut.create(world.link, {}, world.context)
    expect((await fault.isFelt(signal)).felt).toBe(false)
    await fault.inject(signal)
    expect((await fault.isFelt(signal)).felt).toBe(true)
    await fault.heal()
    await fault.heal()
    expect((await fault.isFelt(signal)).felt).toBe(false)
  })

  it('is not felt where the server itself is down: the control path must answer', async () => {
    await using world = await linkFixture()
    const dead = { host: '127.0.0.1', port: 1 }
    const fault = connectionCut.create({ ...world.link, control: dead }, {}, world.context)
    await fault.inject(signal)
    expect(await fault.isFelt(signal)).toMatchObject({ felt: false })
  })
})
