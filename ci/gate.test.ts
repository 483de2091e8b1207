import { describe, expect, it } from 'vitest'
import { recordFixture } from '../reports/record.fixture.ts'
import type { RunRecord } from '../reports/run-record.ts'
import { type TrendRow, trendRow } from '../reports/trend/trend-row.ts'
import { type GateResult, type GateRun, judgeGate } from './gate.ts'
import { type GatePolicy, parseGatePolicy } from './gate-policy.ts'

const commit = recordFixture().commit
const now = new Date('2026-11-24T09:30:00Z')
const policy: GatePolicy = {
  version: 1,
  mandatory: [{ experiment: 'spike', runsMin: 1, faultsMin: 1 }],
  ageHoursMax: 36,
  commit: 'same',
  budgets: [{ experiment: 'spike', objective: 'p99', atMost: 1_000, reason: 'people leave after a second' }],
  regression: { goodRunsMin: 3, deviations: 4, toleranceShare: 0.4 },
}

function p99(value: number | undefined): RunRecord['objectives'] {
  const common = {
    name: 'p99',
    promise: 'answers fast',
    window: 'assault',
    limit: 2_000,
    unit: 'ms' as const,
    samples: 99,
  }
  const verdict =
    value === undefined ? ('unknown' as const) : value <= 2_000 ? ('pass' as const) : ('fail' as const)
  return [{ ...common, verdict, reasons: [], ...(value === undefined ? {} : { value }) }]
}

const run = (changes: Partial<RunRecord> = {}): GateRun => ({
  folder: 'runs/spike/one',
  record: recordFixture({ objectives: p99(500), ...changes }),
})

/** Good runs of earlier days, with these values of p99. */
function past(...values: number[]): TrendRow[] {
  return values.map((value, day) => {
    const startedAt = `2026-11-${10 + day}T06:30:00.000Z`
    return trendRow(
      recordFixture({ runId: `past-${day}`, startedAt, objectives: p99(value) }),
      'runs/spike/past',
    )
  })
}

interface Situation {
  readonly runs: readonly GateRun[]
  readonly policy?: Partial<GatePolicy>
  readonly trend?: readonly TrendRow[]
}

function judge({ runs, policy: changes, trend = [] }: Situation): GateResult {
  return judgeGate({ ...policy, ...changes }, runs, { commit, now, trend })
}

const situations: readonly (readonly [what: string, Situation, GateResult['verdict'], reason: RegExp])[] = [
  ['a good run', { runs: [run()] }, 'pass', /^kept its promises with seed 8f3a, 180 min ago$/],
  ['no run at all', { runs: [] }, 'unknown', /^has no run$/],
  [
    'too few runs',
    { runs: [run()], policy: { mandatory: [{ experiment: 'spike', runsMin: 3, faultsMin: 1 }] } },
    'unknown',
    /^has 1 of the 3 runs/,
  ],
  ['another experiment only', { runs: [run({ experiment: 'soak' })] }, 'unknown', /^has no run$/],
  [
    'a broken promise',
    { runs: [run({ verdict: 'fail', sentence: '1 order is lost' })] },
    'fail',
    /^fail: 1 order is lost$/,
  ],
  [
    'an unknown run',
    { runs: [run({ verdict: 'unknown', sentence: 'f1 was not felt' })] },
    'unknown',
    /^unknown: f1 was not felt$/,
  ],
  [
    'a run that was cut off',
    { runs: [run({ endedAt: undefined, verdict: undefined })] },
    'unknown',
    /^was cut off before it ended$/,
  ],
  [
    'a torn record',
    { runs: [{ folder: 'runs/spike/two', problem: 'run.json is not JSON' }, run()] },
    'unknown',
    /^is no run record: run\.json is not JSON$/,
  ],
  [
    'another commit',
    { runs: [run({ commit: 'f'.repeat(40) })] },
    'unknown',
    /^is of commit ffffffffffff, expected 0123456789ab$/,
  ],
  [
    'changed files',
    { runs: [run({ commit: `${commit}-dirty` })] },
    'unknown',
    /^is of commit 0123456789ab-dirty, expected 0123456789ab$/,
  ],
  [
    'another commit where any will do',
    { runs: [run({ commit: 'other' })], policy: { commit: 'any' } },
    'pass',
    /^kept/,
  ],
  [
    'a stale run',
    { runs: [run({ startedAt: '2026-11-22T06:30:00Z' })] },
    'unknown',
    /^is 51 h old, at most 36 h are allowed$/,
  ],
  [
    'a run from the future',
    { runs: [run({ startedAt: '2026-11-25T06:30:00Z' })] },
    'unknown',
    /^began in the future/,
  ],
  [
    'a run without a date',
    { runs: [run({ startedAt: 'yesterday' })] },
    'unknown',
    /^has no date: yesterday$/,
  ],
  ['a mutant', { runs: [run({ mutant: 'M01' })] }, 'unknown', /^is a run of mutant M01, not of the service$/],
  ['a control run', { runs: [run({ faults: [] })] }, 'unknown', /^played 0 faults, expected at least 1$/],
  [
    'a residue',
    { runs: [run({ residue: ['worker-1 is paused'] })] },
    'fail',
    /^left something behind: worker-1 is paused$/,
  ],
  [
    'a budget that is exceeded',
    { runs: [run({ objectives: p99(1_500) })] },
    'fail',
    /^p99 is 1\.5 s, budget at most 1 s \(people leave after a second\)$/,
  ],
  [
    'a budget without a value',
    { runs: [run({ objectives: p99(undefined) })] },
    'unknown',
    /^has no value for p99, which has a budget$/,
  ],
  [
    'worse than the good runs before',
    { runs: [run({ objectives: p99(900) })], trend: past(300, 310, 290, 305) },
    'fail',
    /^p99 is 900 ms, worse than usual: 303 ms in the middle of 4 good runs, 424 ms at worst$/,
  ],
  [
    'worse, within the noise',
    { runs: [run({ objectives: p99(400) })], trend: past(300, 310, 290, 305) },
    'pass',
    /^kept/,
  ],
  [
    'better than the good runs before',
    { runs: [run({ objectives: p99(10) })], trend: past(300, 310, 290, 305) },
    'pass',
    /^kept/,
  ],
  [
    'worse, with too few good runs to tell',
    { runs: [run({ objectives: p99(900) })], trend: past(300, 310) },
    'pass',
    /^kept/,
  ],
  [
    'worse, where nobody asks for the past',
    { runs: [run({ objectives: p99(900) })], trend: past(300, 310, 290), policy: { regression: undefined } },
    'pass',
    /^kept/,
  ],
  [
    'a red run beside a green one',
    { runs: [run(), run({ verdict: 'fail', sentence: '1 order is lost' })] },
    'fail',
    /^fail: 1 order is lost$/,
  ],
]

describe('the gate', () => {
  it.each(situations)('judges %s', (_, situation, verdict, reason) => {
    const result = judge(situation)
    expect(result.verdict).toBe(verdict)
    const texts = result.lines.filter((line) => line.verdict === verdict).map(({ text }) => text)
    expect(texts).toContainEqual(expect.stringMatching(reason))
    expect(texts.filter((text) => text.includes('\n'))).toEqual([])
  })

  it('gives one line for one reason', () => {
    const { lines } = judge({
      runs: [run({ mutant: 'M01', commit: 'other' }), run({ verdict: 'fail', sentence: 'x' })],
    })
    expect(lines.map(({ text }) => text)).toEqual([
      'is a run of mutant M01, not of the service',
      'is of commit other, expected 0123456789ab',
      'fail: x',
    ])
  })
})

describe('a policy for the gate', () => {
  it('is refused with all its problems at once', () => {
    const text = JSON.stringify({ version: 2, mandatory: [], ageHoursMax: -1, commit: 'same', bugets: [] })
    const refusal = () => parseGatePolicy(text, 'policy.json')
    expect(refusal).toThrow(/policy\.json has 4 problem\(s\)/)
    for (const part of [/version/, /a gate that demands nothing is open/, /ageHoursMax/, /bugets/])
      expect(refusal).toThrow(part)
  })

  it.each([
    ['text that is no JSON', '{', /it is not JSON/],
    ['a budget on both sides', budgetText({ atMost: 1, atLeast: 0 }), /give atLeast or atMost/],
    ['a budget without a number', budgetText({}), /give atLeast or atMost/],
    ['a budget without a reason', budgetText({ atMost: 1, reason: 'x' }), /say why this number/],
    [
      'an experiment that is named twice',
      policyText({ mandatory: [{ experiment: 'a' }, { experiment: 'a' }] }),
      /a is named twice/,
    ],
  ])('is refused for %s', (_, text, problem) => {
    expect(() => parseGatePolicy(text, 'policy.json')).toThrow(problem)
  })
})

function policyText(changes: Record<string, unknown>): string {
  return JSON.stringify({
    version: 1,
    mandatory: [{ experiment: 'a' }],
    ageHoursMax: 1,
    commit: 'any',
    ...changes,
  })
}

function budgetText(changes: Record<string, unknown>): string {
  return policyText({
    budgets: [{ experiment: 'a', objective: 'p99', reason: 'a reason that is one', ...changes }],
  })
}
