import { describe, expect, it } from 'vitest'
import { recordFixture } from '../../reports/record.fixture.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { flakeOrRegression } from './flake-or-regression.ts'

/** Plays these verdicts, one after the other; what fails shows it again. */
async function answerTo(times: number, ...verdicts: RunRecord['verdict'][]) {
  const left = [...verdicts]
  const report = await flakeOrRegression({
    times,
    play: async () => recordFixture({ verdict: left.shift() }),
    shows: ({ verdict }) => verdict === 'fail',
  })
  return [report.answer, report.runs.map(({ showsAgain }) => showsAgain)]
}

describe('playing a worse run again', () => {
  it('calls it a regression as soon as it is seen again, and plays no further', async () => {
    expect(await answerTo(3, 'fail', 'pass', 'pass')).toEqual(['regression', [true]])
    expect(await answerTo(3, 'pass', 'unknown', 'fail')).toEqual(['regression', [false, undefined, true]])
  })

  it('calls it a flake where no run shows it again', async () => {
    expect(await answerTo(2, 'pass', 'pass', 'fail')).toEqual(['flake', [false, false]])
  })

  it('has no answer where no run could say', async () => {
    expect(await answerTo(2, 'unknown', undefined)).toEqual(['unclear', [undefined, undefined]])
    expect(await answerTo(2, 'unknown', 'pass')).toEqual(['flake', [undefined, false]])
  })
})
