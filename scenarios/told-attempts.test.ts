import { describe, expect, it } from 'vitest'
import { attemptBytes, ledgerErrors } from '../chaos/history/ledger-layout.ts'
import { expandPacked, parsePacked } from '../chaos/history/packed.ts'
import { arrivalText, attemptText, flagsOf, toldLine } from './k6/attempt-text.ts'
import { type Outcome, submitOutcome } from './k6/outcome.ts'
import { packedLine, readTold, type ToldAttempts } from './told-attempts.ts'

const accepted = submitOutcome({
  status: 202,
  errorCode: 0,
  body: '',
  retryAfter: undefined,
  maySentBefore: false,
})
const poison = arrivalText(70_000, 'submit', flagsOf('poison'), '00ab12cd', 12.34)
const told = toldLine('k6/3', attemptText(poison, 101, 13, 20.07, accepted))

function readBack(line: string) {
  const packed = parsePacked(packedLine(readTold(line) as ToldAttempts))
  if (typeof packed === 'string') throw new Error(packed)
  return [...expandPacked(packed, 'run-', 0)]
}

describe('an attempt that a virtual user tells', () => {
  it('is read by the history as what happened', () => {
    const common = { kind: 'op', process: 'k6/3', action: 'submit', id: 'run-70000', attempt: 101 }
    expect(readBack(told)).toEqual([
      { ...common, type: 'invoke', timeMs: 13, intendedMs: 12.34, digest: '00ab12cd', expect: 'dead-letter' },
      { ...common, type: 'ok', timeMs: 20.07, status: 202 },
    ])
  })

  it('says of an order that is wrong on purpose that it is', () => {
    const invalid = arrivalText(8, 'submit', flagsOf('invalid'), 'ab', 5)
    const [invoke] = readBack(toldLine('k6/3', attemptText(invalid, 1, 6, 7, accepted)))
    expect(invoke).toMatchObject({ action: 'submit', id: 'run-8', invalid: true })
    expect(invoke).not.toHaveProperty('expect')
  })

  it('has no digest and expects nothing where it is a read', () => {
    const read = arrivalText(7, 'get', 0, '', 5)
    const [invoke] = readBack(toldLine('k6/3', attemptText(read, 1, 6, 7, accepted)))
    expect(invoke).toMatchObject({ action: 'get', id: 'run-7' })
    expect(invoke).not.toHaveProperty('digest')
    expect(invoke).not.toHaveProperty('expect')
  })

  it('carries every error that a client can tell, in the same words, one attempt after another', () => {
    const cut: Outcome = { ...accepted, type: 'info', status: 0, error: 'cut at the end of the run' }
    const errors = [1050, 1220, 1212, 1101, 1630].map((errorCode) =>
      submitOutcome({ status: 0, errorCode, body: '', retryAfter: undefined, maySentBefore: false }),
    )
    const attempts = [...errors, cut].map((outcome, index) => attemptText(poison, index + 1, 13, 20, outcome))
    const lines = readBack(toldLine('k6/3', attempts.join('')))
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
    expect(lines.map((line) => 'attempt' in line && line.attempt)).toEqual(
      [1, 2, 3, 4, 5, 6].flatMap((attempt) => [attempt, attempt]),
    )
  })

  it('takes a time before the run began as its beginning', () => {
    const early = arrivalText(1, 'submit', 0, 'ab', -3)
    expect(readBack(toldLine('k6/3', attemptText(early, 1, 0, 1, accepted)))[0]).toMatchObject({
      intendedMs: 0,
    })
  })

  it('tells nothing where its line was torn off, wherever that was', () => {
    const two = toldLine(
      'k6/3',
      attemptText(poison, 1, 13, 14, accepted) + attemptText(poison, 2, 15, 16, accepted),
    )
    for (let length = 0; length < two.length; length += 1) {
      expect(readTold(two.slice(0, length))).toBeUndefined()
    }
    expect(readTold(two)?.attempts).toHaveLength(2)
  })

  it('is packed into the length that the layout states', () => {
    const [, , base64 = ''] = packedLine(readTold(told) as ToldAttempts).split(' ')
    expect(Buffer.from(base64, 'base64')).toHaveLength(attemptBytes)
  })
})
