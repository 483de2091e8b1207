import { describe, expect, it } from 'vitest'
import { type RecordedFault, recordedSchedule } from './recorded.ts'

const fault: RecordedFault = {
  id: 'f1',
  kind: 'container-pause',
  target: 'worker-2',
  plannedForMs: 3_000,
  injectingMs: 41_250.4,
  injectedMs: 41_400,
  options: { signal: 'SIGKILL' },
}

describe('a recorded schedule', () => {
  it('has the offsets at which the injections began, whatever had decided them', () => {
    expect(recordedSchedule([fault], 20_000)).toEqual([
      {
        id: 'f1',
        kind: 'container-pause',
        target: 'worker-2',
        start: { atMs: 21_250 },
        forMs: 3_000,
        options: { signal: 'SIGKILL' },
      },
    ])
  })

  it('takes the end of an injection where an older record has no begin', () => {
    expect(recordedSchedule([{ ...fault, injectingMs: undefined }], 20_000)[0]?.start).toEqual({
      atMs: 21_400,
    })
  })

  it('leaves out what never went in', () => {
    expect(recordedSchedule([{ ...fault, injectingMs: undefined, injectedMs: undefined }], 0)).toEqual([])
  })
})
