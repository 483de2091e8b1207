import { describe, expect, it } from 'vitest'
import type { JudgeOutcome } from './checkers/judge.ts'
import { conclude } from './conclude.ts'
import type { Verdict } from './kernel/verdict.ts'
import { emptyRunState } from './run-state.ts'
import type { ObjectiveResult } from './slo/objective.ts'

describe('the conclusion of a run', () => {
  it('passes only with a judged history', () => {
    expect(conclude(emptyRunState(), judged('pass'), []).exitCode).toBe(0)
    expect(conclude(emptyRunState(), undefined, []).exitCode).toBe(2)
  })

  it('is unknown with any problem of the harness, and names it', () => {
    const state = { ...emptyRunState(), problems: ['k6 exited with 107'] }
    const { verdict, sentence } = conclude(state, judged('pass'), [])
    expect(verdict).toBe('unknown')
    expect(sentence).toContain('k6 exited with 107')
  })

  it('fails where an objective was missed, though the history is whole', () => {
    const { exitCode, sentence } = conclude({ ...emptyRunState(), loadPlayed: true }, judged('pass'), [
      missed,
    ])
    expect(exitCode).toBe(1)
    expect(sentence).toContain('0.91')
  })

  it('misses no objective with a load that was not played to its end', () => {
    const { exitCode, objectives } = conclude(emptyRunState(), judged('pass'), [missed])
    expect(exitCode).toBe(2)
    expect(objectives[0]?.reasons).toEqual(['availability: the load was not played to its end'])
  })

  it('fails where the system did not come back after the heal', () => {
    const state = { ...emptyRunState(), converged: { ok: false, evidence: 'backlog 812', withinMs: 60_000 } }
    const { verdict, promises } = conclude(state, judged('pass'), [])
    expect(verdict).toBe('fail')
    expect(promises.at(-1)?.reasons).toEqual(['backlog 812'])
  })

  it('exits 70 with residue, whatever the verdict is', () => {
    const state = { ...emptyRunState(), residue: ['f1 on worker-1: still paused'] }
    expect(conclude(state, judged('pass'), []).exitCode).toBe(70)
  })
})

const missed: ObjectiveResult = {
  name: 'availability',
  promise: 'accepts 99 % of the orders',
  verdict: 'fail',
  window: 'assault',
  value: 0.91,
  limit: 0.99,
  unit: 'ratio',
  samples: 1_000,
  reasons: ['accepted 0.91 of the orders, promised at least 0.99'],
}

function judged(verdict: Verdict): JudgeOutcome {
  const counts = { attempted: 3, acknowledged: 2 } as unknown as JudgeOutcome['result']['counts']
  return {
    verdict,
    promises: [],
    result: {
      format: 'seawall-result',
      version: 1,
      verdict,
      reasons: [],
      counts,
      examples: {},
      faults: { planned: 0, felt: 0, healed: 0 },
      torn: 0,
    },
  }
}
