import { describe, expect, it } from 'vitest'
import { OrderBooks } from './order-books.ts'
import { PackedBooks } from './packed-books.ts'
import { PlainLines } from './plain-lines.ts'

/**
 * What is taken from the bytes and what is left to the parser. Whichever way a line goes, it must mean the same, and that
 * other tests look at; here it is that the quick way is gone at all.
 */
const refuse = (expected: string): never => {
  throw new Error(expected)
}

interface Taker {
  take(bytes: Buffer, from: number, to: number): boolean
}

/** The line among others, as a file has it. */
function isTaken(taker: Taker, line: string): boolean {
  const bytes = Buffer.from(`before\n${line}\n@ops after it`)
  return taker.take(bytes, 7, 7 + Buffer.byteLength(line))
}

describe('a packed line', () => {
  const attempt = (number: number) => {
    const record = Buffer.alloc(28)
    record.writeUInt32LE(number)
    record.set([1, 0, 1, 0], 4)
    return record
  }
  const attempts = (count: number) =>
    Buffer.concat(Array.from({ length: count }, (_, number) => attempt(number))).toString('base64')
  const reads = Buffer.from(Uint32Array.of(1, 10, 5, 2, 10, 6).buffer).toString('base64')
  const packed = (prefix = 'o-') => {
    const books = new PackedBooks(new OrderBooks(refuse))
    return { take: (...at: Parameters<Taker['take']>) => books.take(...at, prefix) }
  }

  it('is taken whatever its base64 ends with, one after another, and whatever the prefix is', () => {
    for (const prefix of ['o-', '', '7', 'ü-']) {
      const taker = packed(prefix)
      for (const [line, process] of [1, 2, 3, 40, 1].entries())
        expect(isTaken(taker, `@ops k6/${line} ${attempts(process)}`)).toBe(true)
      expect(isTaken(taker, `@reads ${reads}`)).toBe(true)
    }
    expect(isTaken(packed(), `@ops käse ${attempts(1)}`)).toBe(true)
  })

  it('is left where its kind, its process or its records are not as they should be', () => {
    const taker = packed()
    expect(isTaken(taker, `@ops k ${attempts(2)}`)).toBe(true)
    const unknown = attempt(1).fill(9, 4, 5).toString('base64')
    for (const odd of [
      `@opx k ${attempts(1)}`,
      `@ops k`,
      '@ops ',
      '@ops k ',
      '@reads ',
      '@reads',
      `@Reads ${reads}`,
      `@ops k ${attempts(1).slice(0, -4)}`,
      `@ops k ${attempts(2).replace(/.=/, '!=')}`,
      `@ops k ${unknown}`,
      `@ops k ${attempt(1).subarray(0, 27).toString('base64')}`,
      `@reads ${attempt(1).toString('base64')}`,
      reads,
    ])
      expect(isTaken(taker, odd), odd).toBe(false)
    const notText = Buffer.from(`@ops x ${attempts(1)}`)
    notText[5] = 0xff
    expect(packed().take(notText, 0, notText.length)).toBe(false)
    for (const whole of [`@x${attempts(3)}`, attempts(3)])
      expect(packed().take(Buffer.from(whole), 0, whole.length)).toBe(false)
  })
})

describe('a plain line', () => {
  const line = (fields: object) => JSON.stringify(fields)
  const op = {
    kind: 'op',
    timeMs: 1.5,
    type: 'invoke',
    process: 'k6/1',
    action: 'submit',
    id: 'o-1',
    attempt: 1,
  }
  const invoke = { ...op, digest: '0000000a' }
  const read = { kind: 'read', timeMs: 9, place: 'store', id: 'o-1', digest: '0000000a', effects: ['e'] }
  const plain = () => new PlainLines(new OrderBooks(refuse))
  const all = (taker: Taker, ...lines: object[]) => lines.map((each) => isTaken(taker, line(each)))

  it('is taken: a submit, its end, and a read of the store, one order after another', () => {
    const taker = plain()
    for (const id of ['o-1', 'o-2', 'p-1', 'o-90', 'o-0', '7', 'o-10', 'o-109']) {
      for (const type of ['ok', 'info', 'fail']) {
        const process = `${type} of ${id}`
        expect(all(taker, { ...invoke, id, process }, { ...op, id, process, type })).toEqual([true, true])
      }
      expect(all(taker, { ...read, id }, { ...read, id }, { ...read, id, effects: [] })).toEqual([
        true,
        true,
        true,
      ])
    }
    expect(all(taker, { ...invoke, attempt: 2, expect: 'store', digest: '019af0fb' })).toEqual([true])
    const none = '00000000'
    expect(all(taker, { ...invoke, id: 'o-5', digest: none }, { ...read, id: 'o-5', digest: none })).toEqual([
      true,
      true,
    ])
  })

  it('is left where it is another one', () => {
    for (const other of [
      { ...invoke, expect: 'dead-letter' },
      { ...invoke, digest: 'a' },
      { ...invoke, digest: '00000000a' },
      { ...invoke, digest: '0000000' },
      { ...invoke, digest: '1000000/' },
      { ...invoke, digest: '0000000A' },
      { ...invoke, digest: '0000000g' },
      { ...invoke, digest: '0000000/' },
      { ...invoke, digest: '0000000:' },
      { ...invoke, digest: '0000000`' },
      { ...invoke, digest: undefined },
      { ...invoke, attempt: 0 },
      { ...invoke, attempt: 1.5 },
      { ...invoke, attempt: undefined },
      { ...invoke, action: 'get' },
      { ...invoke, action: undefined },
      { ...invoke, type: undefined },
      { ...invoke, process: undefined },
      { ...invoke, id: undefined },
      { ...invoke, id: '' },
      { ...invoke, id: 'x' },
      { ...invoke, timeMs: undefined },
      { ...invoke, kind: 'phase' },
      { ...invoke, kind: undefined },
      { ...op, type: 'ok' },
      { ...read, place: 'queue' },
      { ...read, place: undefined },
      { ...read, effects: undefined },
      { ...read, digest: 'digest' },
      { ...read, id: 'x' },
      { ...read, timeMs: undefined },
    ])
      expect(all(plain(), other), line(other)).toEqual([false])
    const taker = plain()
    expect(all(taker, invoke, { ...op, type: 'odd' }, { ...op, type: 'ok', id: 'o-2' })).toEqual([
      true,
      false,
      false,
    ])
    for (const id of ['o-', 'o-x', 'o-1x', 'o-/', 'o-:'])
      expect(all(taker, { ...invoke, id, attempt: 3 }), id).toEqual([false])
  })
})
