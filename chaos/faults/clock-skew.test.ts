import { describe, expect, it } from 'vitest'
import { clockSkew } from './clock-skew.ts'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'

describe('clock-skew', () => {
  it.each([300, -3_600])('of %i s is felt by the date inside, and gone after the heal', async (offsetS) => {
    await using engine = await fakeEngine()
    let file = ''
    engine.onExec = (argv) => {
      if (argv[3] === 'write') file = argv[4] ?? ''
      const nowS = engine.context.clock.wallTime().getTime() / 1_000
      return { stdout: `${Math.floor(nowS + Number(file))}\n` }
    }
    const target = engine.target({ fakeTimeFile: '/dev/shm/fake-time' })
    await keepsTheContract({ kind: 'clock-skew', target, options: { offsetS }, runId: engine.context.runId })
    expect(file).toBe('+0')
  })

  it('refuses an offset that the time of the look would hide', () => {
    expect(clockSkew.options.safeParse({ offsetS: -9 }).success).toBe(false)
  })
})
