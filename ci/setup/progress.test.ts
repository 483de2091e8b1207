import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../chaos/kernel/fake-clock.ts'
import { plainProgress } from './progress.ts'

function start() {
  const clock = fakeClock()
  const lines: string[] = []
  const progress = plainProgress({ out: (text) => lines.push(text), clock, everyMs: 10_000 })
  return { clock, lines, progress }
}

describe('progress in plain lines', () => {
  it('says what, how long so far, and what it is at', async () => {
    const { clock, lines, progress } = start()
    const task = progress.task('image k6: building')
    await clock.advance(10_000)
    task.note('step 3 of 9')
    await clock.advance(65_000)
    task.done('built')
    expect(lines.slice(0, 3)).toEqual([
      'image k6: building …',
      'image k6: building: 10 s so far',
      'image k6: building: 20 s so far, step 3 of 9',
    ])
    expect(lines.at(-1)).toBe('image k6: building: built after 1 min 15 s')
  })

  it('falls silent at the end, and ends once', async () => {
    const { clock, lines, progress } = start()
    const task = progress.task('pulling')
    task.failed()
    task.done('pulled')
    await clock.advance(60_000)
    expect(lines).toEqual(['pulling …', 'pulling: failed after 0 ms'])
  })

  it('keeps tasks that run side by side apart', async () => {
    const { clock, lines, progress } = start()
    const one = progress.task('one')
    await clock.advance(4_000)
    progress.task('two').done('made')
    one.done('made')
    expect(lines).toEqual(['one …', 'two …', 'two: made after 0 ms', 'one: made after 4 s'])
  })
})
