import { describe, expect, it } from 'vitest'
import { judge } from '../checkers/judge.ts'
import type { SeawallResult } from '../checkers/result.ts'
import type { HistoryLine, TimedLine } from '../history/line.ts'
import { type Stage, scheduled, stage } from '../nemesis/stage.fixture.ts'
import type * as Nemesis from '../nemesis.ts'
import { mutated } from './mutated.fixture.ts'

/** A fault from 100 to 1,100 ms under load, played to its end or ended early, and judged. */
async function judged(mutant: string | undefined, endAtMs?: number): Promise<[SeawallResult, Stage]> {
  const { playFaults } = await mutated<typeof Nemesis>(mutant, 'nemesis.ts')
  const on = stage({ schedule: [scheduled('f1')] })
  const playing = playFaults(on.options)
  if (endAtMs !== undefined) {
    await on.clock.advance(endAtMs)
    on.abort()
  }
  await on.clock.runUntilSettled(playing)
  return [judge([...beginning, ...on.lines, ...ending]), on]
}

const submit = { kind: 'op', process: 'k6/1', action: 'submit', id: 'o-1', attempt: 1 } as const
const beginning: HistoryLine[] = [
  {
    kind: 'run',
    format: 'seawall-history',
    version: 1,
    runId: 'run-1',
    experiment: 'spike',
    seed: '8f3a',
    startedAt: '2026-01-01T00:00:00.000Z',
    plan: { faults: ['f1'] },
  },
  { ...submit, timeMs: 150, type: 'invoke', digest: '9c1e' },
  { ...submit, timeMs: 160, type: 'ok' },
]
const ending: TimedLine[] = [
  { kind: 'read', timeMs: 9_000, place: 'store', id: 'o-1', digest: '9c1e', effects: ['e-1'] },
  { kind: 'read-complete', timeMs: 9_001, place: 'store', count: 1 },
]

describe('a nemesis that is itself broken', () => {
  it('is told from the honest one, which passes, also when it is ended early', async () => {
    expect((await judged(undefined))[0]).toMatchObject({ verdict: 'pass' })
    const [result, on] = await judged(undefined, 500)
    expect(result).toMatchObject({ verdict: 'pass', faults: { felt: 1, healed: 1 } })
    expect(on.acts).toContain('f1 mark')
  })

  it('H06: makes the run unknown when it injects nothing', async () => {
    const [result] = await judged('H06-fault-not-injected')
    expect(result).toMatchObject({ verdict: 'unknown', faults: { planned: 1, felt: 0 } })
  })

  it('H07: makes the run unknown when it does not heal on its way out, and leaves the record for the reaper', async () => {
    const [result, on] = await judged('H07-no-heal-on-abort', 500)
    expect(result).toMatchObject({ verdict: 'unknown', faults: { felt: 1, healed: 0 } })
    expect(on.acts).toContain('f1 journal')
    expect(on.acts).not.toContain('f1 mark')
  })
})
