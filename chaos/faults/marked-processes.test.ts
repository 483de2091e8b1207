import { describe, expect, it } from 'vitest'
import { fakeEngine } from './engine.fixture.ts'
import { killMarkedStep, parseStat } from './marked-processes.ts'

describe('marked processes', () => {
  it('are read from a line of the kernel, whatever their name is', () => {
    const line =
      '17 (a) b (c)) S 1 17 17 0 -1 4194560 90 0 0 0 11 5 0 0 20 0 1 0 99 2600000 512 18446744073709551615'
    expect(parseStat(line)).toEqual({ pid: 17, cpuTicks: 16, residentBytes: 512 * 4_096 })
  })

  it('are killed by run and fault, and no container is started for that', async () => {
    await using engine = await fakeEngine()
    const step = killMarkedStep('c1', engine.context)
    expect(step).toMatchObject({
      downIsHealed: true,
      argv: ['sh', '-c', expect.any(String), 'heal', 'run-1/f1'],
    })
  })
})
