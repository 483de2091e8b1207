import { describe, expect, it } from 'vitest'
import { fieldNames, isSame, LineScanner } from './line-scanner.ts'

const numeric = ['timeMs', 'attempt', 'status', 'intendedMs']

/** What a scanner finds in this line, which stands among others; undefined where it leaves the line to the parser. */
function scanned(line: string, scanner = new LineScanner()): Record<string, unknown> | undefined {
  const before = 'x'.repeat(7)
  const length = Buffer.byteLength(line)
  const last = Buffer.from(`${before}${line}`)
  const bytes = Buffer.from(`${before}${line},"id":"of the next line"}`)
  const isRead = scanner.scan(bytes, before.length, before.length + length)
  // The same where nothing follows.
  expect(new LineScanner().scan(last, before.length, before.length + length), line).toBe(isRead)
  if (!isRead) return undefined
  const { from, to, numbers, effects } = scanner
  return Object.fromEntries(
    fieldNames.flatMap((name, number): [string, unknown][] => {
      if (from[number] === -1) return []
      if (name === 'effects') return [[name, effects]]
      return [
        [name, numeric.includes(name) ? numbers[number] : bytes.toString('utf8', from[number], to[number])],
      ]
    }),
  )
}

const invoke =
  '{"kind":"op","timeMs":1.5,"type":"invoke","process":"k6/1","action":"submit","id":"o-1","attempt":1,"digest":"0a","expect":"store","intendedMs":0.25}'
const read = '{"kind":"read","timeMs":9,"place":"store","id":"o-1","digest":"0a","effects":["e-1","e-2"]}'
const end =
  '{"kind":"op","timeMs":2,"type":"ok","process":"k6/1","action":"submit","id":"o-1","attempt":1,"status":202}'

describe('a line that is read from its bytes', () => {
  it('has each known field, wherever it stands', () => {
    for (const line of [invoke, end]) {
      expect(scanned(line)).toEqual(JSON.parse(line))
      const turned = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse()))
      expect(scanned(turned)).toEqual(JSON.parse(line))
    }
    expect(scanned(read)).toEqual({ ...JSON.parse(read), effects: 2 })
  })

  it('is read alike after any other, of which nothing is left', () => {
    const scanner = new LineScanner()
    for (const line of [invoke, invoke, read, '{"id":"a"}', end, read, '{"id":"b","kind":"op"}', invoke]) {
      const { effects, ...fields } = JSON.parse(line)
      const counted = effects === undefined ? {} : { effects: effects.length }
      expect(scanned(line, scanner)).toEqual({ ...fields, ...counted })
    }
    expect(scanned(end.slice(0, -2), scanner)).toBeUndefined()
    expect(scanned(end, scanner)).toEqual(JSON.parse(end))
  })

  it('has no field by a name that differs in any byte from the one that came there last time', () => {
    for (const line of [invoke, end, read]) {
      for (const [token] of line.matchAll(/"\w+":/g)) {
        for (let at = 1; at < token.length - 2; at += 1) {
          const scanner = new LineScanner()
          expect(scanned(line, scanner)).toBeDefined()
          const misnamed = `${token.slice(0, at)}_${token.slice(at + 1)}`
          expect(scanned(line.replace(token, misnamed), scanner), misnamed).toBeUndefined()
        }
      }
    }
  })

  it('has numbers of up to fifteen digits, with a fraction among them', () => {
    for (const number of ['0', '9', '10', '0.5', '10.25', '123456789012345', '0.12345678901234'])
      expect(scanned(`{"timeMs":${number}}`)).toEqual({ timeMs: Number(number) })
    for (const other of [
      '',
      '00',
      '01',
      '01.5',
      '1.',
      '.5',
      '1.2.3',
      '-1',
      '+1',
      '1e3',
      '1 ',
      ' 1',
      '"1"',
      '/',
      ':',
    ])
      expect(scanned(`{"timeMs":${other}}`), other).toBeUndefined()
    for (const long of ['1234567890123456', '0.123456789012345'])
      expect(scanned(`{"timeMs":${long}}`)).toBeUndefined()
  })

  it('has texts of printable ASCII without escapes', () => {
    for (const text of ['', ' ', '~', 'a:b,c}', "it's [1]"])
      expect(scanned(`{"id":"${text}","kind":"op"}`)).toEqual({ id: text, kind: 'op' })
    for (const other of ['\\u0041', '\\', '\u007f', '\u001f', '\t', 'ü'])
      expect(scanned(`{"id":"${other}","kind":"op"}`), other).toBeUndefined()
    for (const odd of ['7', 'x', 'x"', '"x', "'x'", 'null', '["x"]', '{}', ''])
      expect(scanned(`{"id":${odd}}`), odd).toBeUndefined()
  })

  it('has a list of effects, and of nothing else', () => {
    for (const [list, effects] of [
      ['[]', 0],
      ['["a"]', 1],
      ['["a","b","c"]', 3],
      ['[""]', 1],
    ])
      expect(scanned(`{"effects":${list},"id":"a"}`)).toEqual({ effects, id: 'a' })
    for (const other of [
      '"a"',
      '[',
      '[]]',
      '["a"',
      '["a",]',
      '[,"a"]',
      '[1]',
      '["a" ]',
      '["a";"b"]',
      '["\\n"]',
      '["a"}',
    ])
      expect(scanned(`{"effects":${other}}`), other).toBeUndefined()
  })

  it('is one object from its first byte to its last', () => {
    for (const other of [
      '',
      '{',
      '}',
      '{}',
      `x${end}`,
      end.replace('{', 'x'),
      `${end} `,
      end.slice(1),
      end.slice(0, -1),
      `[${end}]`,
      `${end}}`,
    ])
      expect(scanned(other), other).toBeUndefined()
    for (const between of [';', ' ,', ', ', ',,', ''])
      expect(scanned(`{"id":"a"${between}"kind":"op"}`), between).toBeUndefined()
    for (const name of [
      '"id" :',
      '"id": ',
      'id:',
      '"id:',
      'xid":',
      '"id"x',
      '"id"',
      '"ID":',
      '"ix":',
      '"xd":',
      '"idd":',
      '"i":',
      '"\\u0069d":',
      '"":',
    ])
      expect(scanned(`{"kind":"op",${name}"a"}`), name).toBeUndefined()
  })
})

describe('bytes', () => {
  it('begin with a name, all of it', () => {
    const bytes = Buffer.from('one two')
    expect([0, 3, 4, 5].map((from) => isSame(bytes, from, Buffer.from('two')))).toEqual([
      false,
      false,
      true,
      false,
    ])
    expect(isSame(bytes, 4, Buffer.from('twos'))).toBe(false)
    expect(isSame(bytes, 4, Buffer.from('tow'))).toBe(false)
    expect(isSame(bytes, 0, Buffer.alloc(0))).toBe(true)
  })
})
