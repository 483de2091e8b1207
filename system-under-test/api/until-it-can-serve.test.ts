import { describe, expect, it } from 'vitest'
import type { Clock } from '../clock.ts'
import { untilItCanServe } from './until-it-can-serve.ts'

/** Time passes only by sleeping. */
function sleepingClock(): Clock {
  let nowMs = 0
  return {
    nowMs: () => nowMs,
    wallTime: () => new Date(nowMs),
    async sleep(ms) {
      nowMs += ms
    },
  }
}

describe('a replica that has just begun', () => {
  it('opens its door as soon as it can serve', async () => {
    const clock = sleepingClock()
    await untilItCanServe({ isReady: () => clock.nowMs() >= 150 }, clock)
    expect(clock.nowMs()).toBe(150)
  })

  it('opens it at once where it can, and after a second where it cannot: it must say that it is alive', async () => {
    const ready = sleepingClock()
    await untilItCanServe({ isReady: () => true }, ready)
    expect(ready.nowMs()).toBe(0)
    const alone = sleepingClock()
    await untilItCanServe({ isReady: () => false }, alone)
    expect(alone.nowMs()).toBe(1_000)
  })
})
