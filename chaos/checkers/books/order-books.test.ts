import { describe, expect, it } from 'vitest'
import { history } from '../../history/build-history.ts'
import type { HistoryLine, RunLine } from '../../history/line.ts'
import { packHistory } from '../../history/pack-history.fixture.ts'
import { parseLine } from '../../history/parse-line.ts'
import { OrderBooks } from './order-books.ts'
import { tallyOf } from './tally.ts'

function books(): OrderBooks {
  return new OrderBooks((expected) => {
    throw new Error(expected)
  })
}

const plain = () =>
  history({ ledgerPrefix: 'o-' })
    .submit('o-1', { digest: '0000000a', process: 'k6/1' })
    .ok()
    .found('o-1', { digest: '0000000a', effects: ['00000001'] })
    .readComplete()
const takes = (filled: OrderBooks, text: string) => filled.take(Buffer.from(`x${text}y`), 1, text.length + 1)

describe('lines that the books take from their bytes', () => {
  it('are plain operations and reads, and nothing before the first line', () => {
    const filled = books()
    const [run, invoke, ok, read, complete] = plain().lines.map((line) => JSON.stringify(line)) as string[]
    expect(takes(filled, invoke as string)).toBe(false)
    filled.see(plain().lines[0] as RunLine)
    expect([invoke, ok, read].map((text) => takes(filled, text as string))).toEqual([true, true, true])
    expect([run, complete].map((text) => takes(filled, text as string))).toEqual([false, false])
    filled.endFile()
    expect(filled.ids.counts).toEqual({ attempted: 1, stored: 1, deadLettered: 0, queued: 0 })
    expect(tallyOf(filled).count(({ end, effects }) => end === 'ok' && effects === 1)).toBe(1)
  })

  it('are packed ones where the file has a prefix for them', () => {
    const packed = packHistory([...plain()], 'o-', () => 9).filter((text) => text.startsWith('@'))
    expect(packed).toHaveLength(2)
    const [filled, without] = [books(), books()]
    filled.see(plain().lines[0] as RunLine)
    expect(packed.map((text) => takes(filled, text))).toEqual([true, true])
    filled.endFile()
    expect(filled.ids.counts).toMatchObject({ attempted: 1, stored: 1 })
    without.see(history().lines[0] as RunLine)
    expect(packed.map((text) => takes(without, text))).toEqual([false, false])
    for (const odd of [
      '@',
      '@ops',
      '@ops k6/1',
      '@ops k6/1 ',
      '@ops k6/1 AAAA',
      '@opt k6/1 AAAA',
      '@reads AAAA',
    ])
      expect(takes(filled, odd), odd).toBe(false)
  })

  it('count as read lines of the store, packed or not', () => {
    const filled = books()
    for (const text of packHistory([...plain()], 'o-', () => 9)) {
      const line = parseLine(text)
      if (line.kind !== 'problem') filled.see(line)
    }
    expect(filled.watch.unreadPlaces()).toEqual([])
  })
})

describe('the books of several files', () => {
  it('are of one run', () => {
    const filled = books()
    const run = (runId: string) => history({ runId }).lines[0] as HistoryLine
    filled.see(run('a'))
    filled.endFile()
    filled.see(run('a'))
    filled.endFile()
    expect(() => filled.see(run('b'))).toThrow('expected a file of run "a", got "b"')
  })

  it('end what is open with each, so that no later file completes it', () => {
    const filled = books()
    const [run, invoke, ok] = history().submit('a').ok().lines as [HistoryLine, HistoryLine, HistoryLine]
    for (const line of [run, invoke]) filled.see(line)
    filled.endFile()
    filled.see(run)
    expect(() => filled.see(ok)).toThrow(
      'expected one completion of attempt 1 of submit "a" by client of a, in the file of its invoke, got another',
    )
    expect(() => filled.see({ ...ok, action: 'get' } as HistoryLine)).toThrow(
      'expected an invoke before the completion of attempt 1 of get "a" by client of a',
    )
    filled.endFile()
    expect(tallyOf(filled).count(({ end }) => end === 'info')).toBe(1)
  })
})
