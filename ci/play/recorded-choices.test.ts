import { describe, expect, it } from 'vitest'
import { recordFixture } from '../../reports/record.fixture.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { driftMs, recordedChoices } from './recorded-choices.ts'

const killed = (injectingMs: number | undefined): RunRecord['faults'][number] => ({
  id: 'f1',
  kind: 'container-kill',
  target: 'worker-2',
  describe: 'worker-2 is killed',
  plannedForMs: 3_000,
  ...(injectingMs === undefined ? {} : { injectingMs }),
  felt: true,
  evidence: 'exit code 137',
  options: { signal: 'SIGKILL' },
})
const record = (injectingMs: number | undefined, change: Partial<RunRecord> = {}) =>
  recordFixture({ faults: [killed(injectingMs)], ...change })

describe('the choices of a recorded run', () => {
  it('are what it had chosen, with the faults that it saw', () => {
    const choices = recordedChoices(
      record(41_000, { replay: 'npm run spike -- --seed 8f3a --swarm --peak 700' }),
      'r',
    )
    expect(choices).toMatchObject({
      experiment: 'spike',
      seed: '8f3a',
      swarm: false,
      pair: false,
      load: { peakPerSecond: 700 },
      schedule: [{ kind: 'container-kill', target: 'worker-2', atMs: 31_000, forMs: 3_000 }],
    })
  })

  it('have no fault where it was a control run', () => {
    const replay = 'npm run spike -- --seed 8f3a --no-faults'
    expect(recordedChoices(recordFixture({ faults: [], replay }), 'r')).toMatchObject({
      faults: true,
      schedule: [],
    })
  })

  it('are none where its load never started', () => {
    const { startedMs: _, ...load } = recordFixture().load
    expect(() => recordedChoices(record(41_000, { load }), 'r')).toThrow('HARNESS_RECORD_INVALID')
  })
})

describe('the drift of a replay', () => {
  it('is how much later or earlier each fault began, from the start of its own load', () => {
    const later = record(31_030, { load: { ...recordFixture().load, startedMs: 0 } })
    expect(driftMs(record(41_000), later)).toEqual([30])
    expect(driftMs(record(41_000), record(40_900))).toEqual([-100])
  })

  it('leaves out what never went in', () => {
    expect(driftMs(record(41_000), record(undefined))).toEqual([])
  })
})
