import { describe, expect, it } from 'vitest'
import type * as Judge from '../checkers/judge.ts'
import { history } from '../history/build-history.ts'
import type { HistoryLine } from '../history/line.ts'
import { mutated } from './mutated.fixture.ts'

const acknowledged = () =>
  history({ plan: { droppedMax: 2 } })
    .submit('good')
    .ok()
const good = ['good']

/** For each bug a history, the verdict that is right, and what the bug makes of it. */
const mutants: Readonly<Record<string, { lines: Iterable<HistoryLine>; right: object; wrong: object }>> = {
  'H01-duplicates-never-seen': {
    lines: acknowledged()
      .found('good', { effects: ['e-1', 'e-2'] })
      .readComplete(),
    right: { verdict: 'fail', examples: { duplicated: good } },
    wrong: { verdict: 'pass', examples: {} },
  },
  'H02-info-as-fail': {
    lines: acknowledged().submit('timeout').info().finalRead(['good', 'timeout']),
    right: { verdict: 'pass', examples: {} },
    wrong: { verdict: 'fail', examples: { resurrected: ['timeout'] } },
  },
  'H03-info-as-ok': {
    lines: acknowledged().submit('timeout').info().finalRead(good),
    right: { verdict: 'pass', examples: {} },
    wrong: { verdict: 'fail', examples: { lost: ['timeout'] } },
  },
  'H04-judged-before-the-drain': {
    lines: acknowledged().submit('waiting').ok().found('good'),
    right: { verdict: 'unknown', examples: {} },
    wrong: { verdict: 'fail', examples: { lost: ['waiting'] } },
  },
  'H05-missing-tail-as-ok': {
    lines: acknowledged().submit('unflushed').finalRead(good),
    right: { verdict: 'pass', examples: {} },
    wrong: { verdict: 'fail', examples: { lost: ['unflushed'] } },
  },
  'H10-dropped-ignored': {
    lines: acknowledged().dropped(3).finalRead(good),
    right: { verdict: 'unknown' },
    wrong: { verdict: 'pass' },
  },
  'H11-empty-passes': {
    lines: history().readComplete(),
    right: { verdict: 'unknown' },
    wrong: { verdict: 'pass' },
  },
}

/** A copy, a patch and a bundle for each: seconds on a busy machine. */
const timeoutMs = 120_000

describe('a judge that is itself broken', () => {
  it(
    'is told from the honest one, which is right about every one of these histories',
    async () => {
      const { judge } = await mutated<typeof Judge>(undefined, 'checkers/judge.ts')
      for (const [mutant, { lines, right }] of Object.entries(mutants))
        expect(judge(lines), mutant).toMatchObject(right)
    },
    timeoutMs,
  )

  for (const [mutant, { lines, right, wrong }] of Object.entries(mutants)) {
    it(
      `${mutant}: is caught`,
      async () => {
        const { judge } = await mutated<typeof Judge>(mutant, 'checkers/judge.ts')
        expect(judge(lines)).toMatchObject(wrong)
        expect(() => expect(judge(lines)).toMatchObject(right)).toThrow()
      },
      timeoutMs,
    )
  }
})
