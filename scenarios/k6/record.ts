import type { Outcome } from './outcome.ts'

/**
 * Packed attempts, as `chaos/history/ledger-layout.ts` describes them. This folder imports nothing of the harness, so the
 * layout is repeated here; a test reads what this writes with the harness's own reader.
 */
export const recordBytes = 28
const wordsPerRecord = recordBytes / 4

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

/**
 * Seven words a record: one typed array is four times as fast in k6 as a view's single bytes. Its byte order is that of the
 * machine, which is little-endian wherever k6 runs.
 */
export function packRecords(records: readonly AttemptRecord[]): ArrayBuffer {
  const words = new Uint32Array(records.length * wordsPerRecord)
  let at = 0
  for (const record of records) {
    const { outcome } = record
    const kind = outcome === undefined ? 0 : outcomes[outcome.type]
    const error = outcome === undefined || outcome.error === '' ? 0 : errorWords.indexOf(outcome.error)
    words[at] = record.n
    words[at + 1] =
      kind |
      (record.expectDeadLetter ? 1 << 8 : 0) |
      (record.attempt << 16) |
      (record.action === 'submit' ? 0 : 1 << 24)
    words[at + 2] = record.digest === '' ? 0 : Number.parseInt(record.digest, 16)
    words[at + 3] = toTicks(record.intendedMs)
    words[at + 4] = toTicks(record.invokeMs)
    words[at + 5] = outcome === undefined ? 0 : toTicks(record.completionMs)
    words[at + 6] = (outcome?.status ?? 0) | (error << 16)
    at += wordsPerRecord
  }
  return words.buffer
}

/** Units of 10 µs; a time before the run's start (a clock that was set) counts as its start. */
function toTicks(ms: number): number {
  return Math.max(0, Math.round(ms * 100))
}
