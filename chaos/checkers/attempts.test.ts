import { describe, expect, it } from 'vitest'
import type { OperationLine } from '../history/line.ts'
import { Attempts, isAnswered } from './attempts.ts'

const line = (type: OperationLine['type'], change: Partial<OperationLine> = {}): OperationLine => ({
  kind: 'op',
  timeMs: 1,
  type,
  process: 'p',
  action: 'get',
  id: 'a',
  attempt: 1,
  ...change,
})

function seen(...lines: Parameters<Attempts['see']>[0][]) {
  const attempts = new Attempts(({ action }) => action === 'get')
  for (const each of lines) attempts.see(each)
  return attempts.all
}

describe('attempts', () => {
  it('have the completion of the same process, action, id and attempt', () => {
    for (const other of [{ process: 'q' }, { id: 'b' }, { attempt: 2 }]) {
      const [first, second] = [line('invoke'), line('invoke', other)]
      const [ok, fail] = [line('ok'), line('fail', other)]
      expect(seen(first, second, ok, fail)).toEqual([
        { invoke: first, end: ok },
        { invoke: second, end: fail },
      ])
    }
  })

  it('are those of the wanted action alone, whatever else goes by', () => {
    const phase = { kind: 'phase', timeMs: 0, phase: 'assault' } as const
    const submit = line('invoke', { action: 'submit' })
    expect(seen(phase, submit, line('ok', { action: 'submit' }))).toEqual([])
  })

  it('keep their first completion, and none that nobody invoked', () => {
    const [invoke, ok] = [line('invoke'), line('ok')]
    expect(seen(line('info'), invoke, ok, line('fail'))).toEqual([{ invoke, end: ok }])
    expect(seen(invoke)).toEqual([{ invoke, end: undefined }])
  })

  it('of a read are answered where it was found, or surely is not there', () => {
    const invoke = line('invoke')
    const answered = (end: OperationLine | undefined) => isAnswered({ invoke, end })
    expect(answered(line('ok'))).toBe(true)
    expect(answered(line('fail', { status: 404 }))).toBe(true)
    for (const end of [undefined, line('info', { status: 404 }), line('fail', { status: 429 }), line('fail')])
      expect(answered(end)).toBe(false)
  })
})
