import { describe, expect, it } from 'vitest'
import { type RecordedFault, recordedFaults } from './recorded.ts'

const fault: RecordedFault = {
  kind: 'container-pause',
  target: 'worker-2',
  plannedForMs: 3_000,
  injectingMs: 41_250.4,
  injectedMs: 41_400,
  options: { signal: 'SIGKILL' },
}
const load = { startedMs: 20_000, durationMs: 60_000 }

describe('the recorded faults', () => {
  it('have the offsets at which their injections began, whatever had decided them', () => {
    expect(recordedFaults([fault], load)).toEqual([
      {
        kind: 'container-pause',
        target: 'worker-2',
        atMs: 21_250,
        forMs: 3_000,
        options: { signal: 'SIGKILL' },
      },
    ])
  })

  it('have the end of an injection where an older record has no begin', () => {
    expect(recordedFaults([{ ...fault, injectingMs: undefined }], load)[0]?.atMs).toBe(21_400)
  })

  it('leave out what never went in, and what began after the load', () => {
    expect(recordedFaults([{ ...fault, injectingMs: undefined, injectedMs: undefined }], load)).toEqual([])
    expect(recordedFaults([{ ...fault, injectingMs: 80_000 }], load)).toEqual([])
  })

  it('end with the load at the latest', () => {
    expect(recordedFaults([{ ...fault, injectingMs: 78_000 }], load)[0]).toMatchObject({
      atMs: 58_000,
      forMs: 2_000,
    })
  })
})
