import { attemptBytes } from '../../chaos/history/ledger-layout.ts'
import type { HistoryLine } from '../../chaos/history/line.ts'

interface Sketch {
  readonly id?: string
  readonly attempt?: number
  readonly at: number
  readonly intended?: number
  readonly type?: 'ok' | 'fail' | 'info'
  readonly after?: number
  readonly status?: number
}

/** An attempt in two lines; without `after` nobody answers. */
export function attempt({
  id = 'o-1',
  attempt: number = 1,
  at,
  intended = at,
  type = 'ok',
  after,
  status,
}: Sketch): HistoryLine[] {
  const common = { kind: 'op', process: 'k6/1', action: 'submit', id, attempt: number } as const
  const invoke = { ...common, type: 'invoke', timeMs: at, intendedMs: intended, digest: 'aa' } as const
  if (after === undefined) return [invoke]
  return [invoke, { ...common, type, timeMs: at + after, ...(status === undefined ? {} : { status }) }]
}

interface PackedSketch {
  readonly n: number
  readonly outcome: number
  readonly attempt: number
  readonly intended: number
  readonly invoke: number
  readonly completion: number
  readonly status: number
}

/** One record of ledger-layout.ts; times in ms. */
export function write(records: Buffer, index: number, packed: PackedSketch): void {
  const at = index * attemptBytes
  records.writeUInt32LE(packed.n, at)
  records.writeUInt8(packed.outcome, at + 4)
  records.writeUInt8(packed.attempt, at + 6)
  records.writeUInt32LE(packed.intended * 100, at + 12)
  records.writeUInt32LE(packed.invoke * 100, at + 16)
  records.writeUInt32LE(packed.completion * 100, at + 20)
  records.writeUInt16LE(packed.status, at + 24)
}
