import { describe, expect, it } from 'vitest'
import { fakeEngine } from './engine.fixture.ts'
import { noop } from './noop.ts'

describe('noop', () => {
  it('changes nothing and is always felt', async () => {
    await using engine = await fakeEngine()
    const target = engine.target()
    const before = structuredClone(engine.state)
    const fault = noop.create(target, {}, engine.context)
    const signal = new AbortController().signal
    await fault.inject(signal)
    expect(await fault.isFelt(signal)).toMatchObject({ felt: true })
    await fault.heal()
    expect(engine.state).toEqual(before)
    expect((await fault.undo()).byHand).toBe('nothing to undo')
  })
})
