import { describe, expect, it } from 'vitest'
import { recordFixture } from '../record.fixture.ts'
import type { RunRecord } from '../run-record.ts'
import { answerOf } from './answer.ts'

const [promise] = recordFixture().promises
const [objective] = recordFixture().objectives
const promises = (...changes: object[]) =>
  changes.map((change) => ({ ...promise, ...change })) as RunRecord['promises']
const objectives = (...changes: object[]) =>
  changes.map((change) => ({ ...objective, ...change })) as RunRecord['objectives']

describe('the answer of a run', () => {
  it('has nothing to add where all was kept', () => {
    expect(answerOf(recordFixture())).toMatchObject({ verdict: 'pass', broken: [], notJudged: [], left: [] })
  })

  it('gives one line to promises that were not judged for the same reason', () => {
    const { notJudged } = answerOf(
      recordFixture({
        promises: promises(
          { promise: 'loses nothing', verdict: 'unknown', reasons: ['the store was not read'] },
          { promise: 'repeats nothing', verdict: 'unknown', reasons: ['the store was not read'] },
        ),
        objectives: objectives({
          promise: 'is fast',
          verdict: 'unknown',
          reasons: ['availability: 3 samples'],
        }),
      }),
    )
    expect(notJudged).toEqual([
      '"loses nothing", "repeats nothing": the store was not read',
      '"is fast": 3 samples',
    ])
  })

  it('names the worst window of a broken objective once', () => {
    const broken = (reason: string) =>
      answerOf(
        recordFixture({ objectives: objectives({ verdict: 'fail', window: 'f1', reasons: [reason] }) }),
      ).broken[0]
    expect(broken('availability: got 90 % in f1')?.reasons).toEqual(['got 90 % in f1'])
    expect(broken('availability: got 90 %')?.reasons).toEqual(['got 90 %', 'worst window: f1'])
  })

  it('says where a run was cut off, and which faults nobody felt', () => {
    const [fault] = recordFixture().faults
    const faults = [{ ...fault, felt: false, evidence: '' }] as RunRecord['faults']
    const { verdict, sentence, notJudged } = answerOf(
      recordFixture({ verdict: undefined, sentence: undefined, endedAt: undefined, faults }),
    )
    expect(verdict).toBe('unknown')
    expect(sentence).toBe('The run was cut off before it had a verdict.')
    expect(notJudged).toEqual([
      'the run ended in the phase "judge"',
      'fault f1 (kills worker-1 with SIGKILL) was not felt: nothing shows it',
    ])
  })
})
