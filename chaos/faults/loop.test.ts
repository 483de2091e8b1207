import { describe, expect, it } from 'vitest'
import { fakeClock } from '../kernel/fake-clock.ts'
import { loop } from './loop.ts'

describe('a loop', () => {
  it('goes round until it is stopped, and stops in the middle of a rest', async () => {
    const clock = fakeClock()
    let turns = 0
    const turning = loop(clock, async (sleep) => {
      turns += 1
      await sleep(100)
    })
    turning.start()
    turning.start()
    await clock.advance(250)
    expect(turns).toBe(3)
    await turning.stop()
    await clock.advance(1_000)
    expect(turns).toBe(3)
  })

  it('waits, when it is stopped, for what is under way', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let done = false
    const turning = loop(fakeClock(), async () => {
      await promise
      done = true
    })
    turning.start()
    const stopped = turning.stop().then(() => done)
    resolve()
    expect(await stopped).toBe(true)
  })

  it('takes a turn that failed again after a rest', async () => {
    const clock = fakeClock()
    let turns = 0
    const turning = loop(clock, async () => {
      turns += 1
      throw new Error('the Engine is busy')
    })
    turning.start()
    await clock.advance(250)
    expect(turns).toBe(3)
    await turning.stop()
  })

  it('can be stopped before it starts, and twice', async () => {
    const turning = loop(fakeClock(), async () => {})
    await turning.stop()
    await turning.stop()
  })
})
