import { describe, expect, it } from 'vitest'
import { grafanaAnnotations } from './annotations.ts'
import { recordFixture } from './record.fixture.ts'

const beganMs = Date.parse('2026-01-02T03:04:05.000Z')
const record = recordFixture({ startedAt: new Date(beganMs).toISOString() })
const [fault] = record.faults
if (fault === undefined) throw new Error('the record of the fixture has a fault')

describe('the annotations of a run', () => {
  it('are its faults, each from its injection to its heal, with the tags of the dashboard', () => {
    const played = { ...fault, id: 'f1', injectedMs: 20_000.4, healedMs: 23_000 }
    const annotations = grafanaAnnotations({ ...record, faults: [played], phases: [] })
    expect(annotations).toEqual([
      {
        time: beganMs + 20_000,
        timeEnd: beganMs + 23_000,
        tags: [
          'seawall',
          `experiment:${record.experiment}`,
          `seed:${record.seed}`,
          'fault',
          `kind:${fault.kind}`,
          `target:${fault.target}`,
        ],
        text: `f1: ${fault.describe}`,
      },
    ])
  })

  it('have the assault as a whole, with its verdict', () => {
    const phases = [
      { phase: 'assault', timeMs: 1_000 },
      { phase: 'heal', timeMs: 9_000 },
    ]
    const [assault] = grafanaAnnotations({ ...record, phases, faults: [], verdict: 'fail' })
    expect(assault).toMatchObject({
      time: beganMs + 1_000,
      timeEnd: beganMs + 9_000,
      text: `${record.experiment}: fail`,
    })
  })

  it('leave out what was never injected, and the end of what was never healed', () => {
    const never = { ...fault, injectedMs: undefined }
    const open = { ...fault, injectedMs: 5, healedMs: undefined, felt: false }
    const annotations = grafanaAnnotations({ ...record, faults: [never, open], phases: [] })
    expect(annotations).toHaveLength(1)
    expect(annotations[0]).not.toHaveProperty('timeEnd')
    expect(annotations[0]?.text).toMatch(/ \(not felt\)$/)
  })
})
