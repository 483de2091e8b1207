import type { Outcome } from './outcome.ts'

/**
 * Packed attempts, as `chaos/history/ledger-layout.ts` describes them. This folder imports nothing of the harness, so the
 * layout is repeated here; a test reads what this writes with the harness's own reader.
 */
export const recordBytes = 28

export interface AttemptRecord {
  readonly n: number
  readonly action: 'submit' | 'get'
  readonly attempt: number
  readonly expectDeadLetter: boolean
  /** Eight hex digits; empty for a read. */
  readonly digest: string
  /** Milliseconds since the run began, all three. */
  readonly intendedMs: number
  readonly invokeMs: number
  readonly completionMs: number
  /** undefined where the attempt never ended. */
  readonly outcome: Outcome | undefined
}

const outcomes = { ok: 1, fail: 2, info: 3 } as const
const errorWords: readonly string[] = [
  '',
  'timeout',
  'connection reset',
  'connection refused',
  'name not found',
  'cut at the end of the run',
  'other',
]

/** Nobody knows how it ended: it was on its way when the run was over. */
export const cutOutcome: Outcome = {
  type: 'info',
  status: 0,
  error: 'cut at the end of the run',
  again: false,
  retryAfterMs: undefined,
}

export function packRecords(records: readonly AttemptRecord[]): ArrayBuffer {
  const buffer = new ArrayBuffer(records.length * recordBytes)
  const view = new DataView(buffer)
  records.forEach((record, index) => {
    packRecord(view, index * recordBytes, record)
  })
  return buffer
}

function packRecord(view: DataView, at: number, record: AttemptRecord): void {
  const { outcome } = record
  view.setUint32(at, record.n, true)
  view.setUint8(at + 4, outcome === undefined ? 0 : outcomes[outcome.type])
  view.setUint8(at + 5, record.expectDeadLetter ? 1 : 0)
  view.setUint8(at + 6, record.attempt)
  view.setUint8(at + 7, record.action === 'submit' ? 0 : 1)
  view.setUint32(at + 8, record.digest === '' ? 0 : Number.parseInt(record.digest, 16), true)
  view.setUint32(at + 12, toTicks(record.intendedMs), true)
  view.setUint32(at + 16, toTicks(record.invokeMs), true)
  view.setUint32(at + 20, outcome === undefined ? 0 : toTicks(record.completionMs), true)
  view.setUint16(at + 24, outcome?.status ?? 0, true)
  view.setUint16(at + 26, outcome === undefined ? 0 : Math.max(0, errorWords.indexOf(outcome.error)), true)
}

/** Units of 10 µs; a time before the run's start (a clock that was set) counts as its start. */
function toTicks(ms: number): number {
  return Math.max(0, Math.round(ms * 100))
}
