import { describe, expect, it } from 'vitest'
import { Expander } from '../history/expand.ts'
import type { HistoryLine } from '../history/line.ts'
import { packHistory } from '../history/pack-history.fixture.ts'
import { parseLine } from '../history/parse-line.ts'
import { randomFrom } from '../kernel/random.ts'
import { judgeText } from './judge-text.fixture.ts'
import { randomHistory } from './random-history.fixture.ts'

const packed = JSON.stringify({
  kind: 'run',
  format: 'seawall-history',
  version: 1,
  runId: 'r',
  experiment: 'e',
  seed: 's',
  startedAt: 't',
  ledgerPrefix: 'o-',
})
const textOf = (...lines: string[]) => lines.map((line) => `${line}\n`).join('')

function refusal(text: string): string {
  try {
    judgeText(text)
  } catch (error) {
    return (error as Error).message
  }
  return 'accepted'
}

describe('a packed line', () => {
  const attempt = (bytes: Readonly<Record<number, number>>) => {
    const record = Buffer.alloc(28)
    for (const [at, value] of Object.entries({ 4: 1, 6: 1, ...bytes })) record[Number(at)] = value
    return record
  }
  const line = (...records: Buffer[]) =>
    textOf(packed, `@ops k6/1 ${Buffer.concat(records).toString('base64')}`)

  it('is accepted with records as the layout says', () => {
    expect(refusal(line(attempt({}), attempt({ 0: 1, 4: 0, 5: 1, 6: 255, 7: 1, 26: 6 })))).toBe('accepted')
  })

  it.each([
    ['an outcome of 4', { 4: 4 }, 'expected an outcome from 0 to 3, got 4 in record 2'],
    ['flags of 3', { 5: 3 }, 'expected flags 0, 1 or 2, got 3 in record 2'],
    ['an attempt of 0', { 6: 0 }, 'expected an attempt from 1, got 0 in record 2'],
    ['an action of 2', { 7: 2 }, 'expected an action 0 or 1, got 2 in record 2'],
    ['an unknown error', { 26: 7 }, 'expected an error below 7, got 7 in record 2'],
    ['an error of 256', { 27: 1 }, 'expected an error below 7, got 256 in record 2'],
  ])('is refused with %s', (_, bytes, message) => {
    expect(refusal(line(attempt({}), attempt({ 0: 1, ...bytes })))).toContain(`line 2: ${message}`)
  })

  it.each([
    ['@ops k6/1', 'expected `@ops PROCESS BASE64`'],
    ['@reads', 'expected `@ops PROCESS BASE64` or `@reads BASE64`'],
    ['@reads x y', 'expected `@ops PROCESS BASE64` or `@reads BASE64`'],
    ['@reads !!!!', 'expected base64'],
    ['@reads ', 'expected one or more records of 12 bytes, got 0 bytes'],
    ['@reads AAAA', 'expected one or more records of 12 bytes, got 3 bytes'],
    ['@ops k6/1 AAAA', 'expected one or more records of 28 bytes, got 3 bytes'],
  ])('%s is refused', (text, message) => {
    expect(refusal(textOf(packed, text))).toContain(`line 2: ${message}`)
  })

  it('has a second invoke of an attempt refused, also of a get', () => {
    expect(refusal(line(attempt({}), attempt({})))).toContain('expected one invoke of attempt 1 of "o-0"')
    expect(refusal(line(attempt({ 7: 1 }), attempt({ 7: 1 })))).toContain(
      'expected one invoke of attempt 1 of get',
    )
  })
})

describe('packed lines', () => {
  /** What a packed line cannot say: the time of a read, and an intended start beside the invoke's. */
  const comparable = (line: HistoryLine) =>
    line.kind === 'read'
      ? { ...line, timeMs: 0 }
      : { ...line, ...(line.kind === 'op' ? { intendedMs: 0 } : {}), ledgerPrefix: 'o-' }

  it('say the same as the JSON lines that they stand for', () => {
    let count = 0
    for (let number = 0; number < 300; number += 1) {
      const random = randomFrom(`packed ${number}`)
      const lines = randomHistory(random)
      const texts = packHistory(lines, 'o-', () => random.integer(1, 6))
      count += texts.filter((text) => text.startsWith('@')).length
      const expander = new Expander()
      const expanded = texts.flatMap((text) => {
        const line = parseLine(text)
        return line.kind === 'problem' ? [] : [...expander.expand(line)]
      })
      expect(expanded.map(comparable), `seed "packed ${number}"`).toEqual(lines.map(comparable))
    }
    expect(count).toBeGreaterThan(1_000)
  })

  it('have reads that count as read when the JSON line before them was written', () => {
    const expander = new Expander()
    const reads = '@reads AAAAAAAAAAAAAAAA'
    const lines = [packed, reads, '{"kind":"phase","timeMs":7,"phase":"final-read"}', reads].flatMap(
      (text) => {
        const line = parseLine(text)
        return line.kind === 'problem' ? [] : [...expander.expand(line)]
      },
    )
    expect(lines.map((line) => (line.kind === 'run' ? -1 : line.timeMs))).toEqual([-1, 0, 7, 7])
  })
})
