import { describe, expect, it } from 'vitest'
import { realClock } from '../kernel/clock.ts'
import { exchangeTimes, feelDelay } from './exchange-look.ts'
import { rulesFixture } from './rules.fixture.ts'

const signal = new AbortController().signal

describe('exchanges with a peer', () => {
  it('are timed from inside and from this machine, three each', async () => {
    await using world = await rulesFixture()
    // Only commands take time: the Engine is asked over a real socket, and how long that takes is not to count.
    let nowMs = 0
    const clock = { ...realClock, nowMs: () => nowMs }
    const run = async (argv: readonly string[]) => {
      if (argv[0] === 'cat') return world.firewall.run(argv)
      nowMs += argv[0] === 'nsenter' ? 210 : 10
      return { exitCode: 1, stdout: '', stderr: 'Connection refused' }
    }
    const context = { ...world.engine.context, clock, run }
    const times = await exchangeTimes(world.target, { context, signal })
    expect(times).toEqual(Array(3).fill({ controlMs: 10, insideMs: 210 }))
  })

  it('show a delay that only the inside has', () => {
    const slow = Array(3).fill({ controlMs: 10, insideMs: 210 })
    expect(feelDelay(slow, 200).felt).toBe(true)
    expect(feelDelay([...slow, { controlMs: 10, insideMs: 11 }], 200).felt).toBe(false)
    expect(feelDelay(Array(3).fill({ controlMs: 205, insideMs: 210 }), 200).felt).toBe(false)
    expect(feelDelay([], 200).felt).toBe(false)
    expect(feelDelay(Array(3).fill({ controlMs: 10, insideMs: Number.NaN }), 200).felt).toBe(false)
  })
})
