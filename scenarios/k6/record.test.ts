import { describe, expect, it } from 'vitest'
import { attemptBytes, ledgerErrors } from '../../chaos/history/ledger-layout.ts'
import { expandPacked, parsePacked } from '../../chaos/history/packed.ts'
import { submitOutcome } from './outcome.ts'
import { type AttemptRecord, cutOutcome, packRecords, recordBytes } from './record.ts'

const record: AttemptRecord = {
  n: 70_000,
  action: 'submit',
  attempt: 101,
  expectDeadLetter: true,
  digest: '00ab12cd',
  intendedMs: 12.34,
  invokeMs: 13,
  completionMs: 20.07,
  outcome: submitOutcome({ status: 202, errorCode: 0, body: '', retryAfter: undefined }),
}

function readBack(...records: readonly AttemptRecord[]) {
  const base64 = Buffer.from(packRecords(records)).toString('base64')
  const line = parsePacked(`@ops k6/3 ${base64}`)
  if (typeof line === 'string') throw new Error(line)
  return [...expandPacked(line, 'run-', 0)]
}

describe('a packed record', () => {
  it('is read by the history as what was written', () => {
    const common = { kind: 'op', process: 'k6/3', action: 'submit', id: 'run-70000', attempt: 101 }
    expect(readBack(record)).toEqual([
      { ...common, type: 'invoke', timeMs: 13, intendedMs: 12.34, digest: '00ab12cd', expect: 'dead-letter' },
      { ...common, type: 'ok', timeMs: 20.07, status: 202 },
    ])
  })

  it('has no completion where the attempt never ended, and no digest where it is a read', () => {
    const open = readBack({ ...record, outcome: undefined })
    expect(open.map((line) => 'type' in line && line.type)).toEqual(['invoke'])
    const [invoke] = readBack({ ...record, action: 'get', digest: '', expectDeadLetter: false })
    expect(invoke).not.toHaveProperty('digest')
    expect(invoke).not.toHaveProperty('expect')
  })

  it('carries every error that a client can tell, in the same words', () => {
    const errors = [1050, 1220, 1212, 1101, 1630].map((errorCode) =>
      submitOutcome({ status: 0, errorCode, body: '', retryAfter: undefined }),
    )
    const lines = readBack(...[...errors, cutOutcome].map((outcome) => ({ ...record, outcome })))
    const seen = lines.flatMap((line) => ('error' in line ? [line.error] : []))
    expect(seen).toEqual([
      'timeout',
      'connection reset',
      'connection refused',
      'name not found',
      'other',
      'cut at the end of the run',
    ])
    expect(new Set(['', ...seen])).toEqual(new Set(ledgerErrors))
  })

  it('takes a time before the run began as its beginning', () => {
    expect(readBack({ ...record, intendedMs: -3 })[0]).toMatchObject({ intendedMs: 0 })
  })

  it('has the length that the layout states', () => {
    expect(recordBytes).toBe(attemptBytes)
    expect(packRecords([record, record]).byteLength).toBe(2 * attemptBytes)
  })
})
