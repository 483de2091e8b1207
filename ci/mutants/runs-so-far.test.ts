import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../chaos/kernel/fake-clock.ts'
import { RunsSoFar } from './runs-so-far.ts'

function start(runs: number) {
  const clock = fakeClock()
  const lines: string[] = []
  const soFar = new RunsSoFar({ runs, kinds: ['pass', 'fail'], clock, out: (text) => lines.push(text) })
  return { clock, lines, soFar }
}

describe('how far a long row of runs has come', () => {
  it('is said every ten seconds at most, with how they ended, the rate and the time left', async () => {
    const { clock, lines, soFar } = start(4_000)
    for (let run = 1; run <= 1_500; run += 1) {
      await clock.advance(20)
      soFar.see(run % 100 === 0 ? 'fail' : 'pass')
    }
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe(
      '500 of 4,000 runs so far: 495 pass, 5 fail; 180,000 an hour, about 1 min 10 s left',
    )
    expect(lines.at(-1)).toContain('1,500 of 4,000 runs so far: 1485 pass, 15 fail;')
  })

  it('is not said of the last run, which has a line of its own, nor of short ones', async () => {
    const { clock, lines, soFar } = start(2)
    await clock.advance(9_999)
    soFar.see('pass')
    await clock.advance(60_000)
    soFar.see('pass')
    expect(lines).toEqual([])
    expect(soFar.counts()).toBe('2 pass, 0 fail')
  })
})
