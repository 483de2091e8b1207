import { describe, expect, it } from 'vitest'
import { createFileJudge } from '../judge.ts'

const run =
  '{"kind":"run","format":"seawall-history","version":1,"runId":"r","experiment":"e","seed":"s","startedAt":"t"}'
const invoke =
  '{"kind":"op","timeMs":1.5,"type":"invoke","process":"k6/1","action":"submit","id":"o-1","attempt":1,"digest":"0000000a"}'
const ok =
  '{"kind":"op","timeMs":2,"type":"ok","process":"k6/1","action":"submit","id":"o-1","attempt":1,"status":202}'
const read = '{"kind":"read","timeMs":9,"place":"store","id":"o-1","digest":"0000000a","effects":["e-1"]}'
const complete = '{"kind":"read-complete","timeMs":10,"place":"store","count":1}'
const good = [run, invoke, ok, read, complete]

/** What the judge says of these lines, or with which error it refuses them. */
function said(lines: readonly string[], isSlow: boolean): unknown {
  const judge = createFileJudge([], isSlow ? () => undefined : undefined)
  try {
    judge.beginFile('a test')
    judge.seeLines(Buffer.from(lines.join('\n')))
    return judge.end().result
  } catch (error) {
    return (error as Error).message
  }
}

function expectSame(lines: readonly string[]): void {
  expect(said(lines, false), lines.join('\n')).toEqual(said(lines, true))
}

/** Texts in place of one value of a line: the parser alone knows what most of them mean. */
const numbers = ['0', '00', '01', '1', '1.', '.5', '1.50', '0.25', '1.2.3', '1e3', '1E3', '-1', '+1', '-0']
const longNumbers = ['123456789012345', '1234567890123456', '0.123456789012345', '1e999', '9007199254740993']
const values = [
  '""',
  '"x"',
  '"\\u0041"',
  '"a\\"b"',
  '"ä"',
  '"a\tb"',
  '"x',
  'x"',
  'null',
  '[]',
  '{}',
  'true',
  '7',
]
const ids = ['"o-1"', '"o-01"', '"o-"', '"o-9999999999"', '"o-123456789"', '"7"', '"x"', '"o-2"', '"O-1"']
const digests = ['"0000000a"', '"0000000A"', '"0000000g"', '"000000a"', '"00000000a"', '"ffffffff"']
const effects = [
  '[]',
  '["e"]',
  '["e","f"]',
  '["e",]',
  '[,]',
  '["e"',
  '[["e"]]',
  '["e" ]',
  '[1]',
  '"e"',
  '["\\n"]',
]
const all = [...numbers, ...longNumbers, ...values, ...ids, ...digests, ...effects]

describe('lines read from their bytes', () => {
  it('are what the parser says of them', () => {
    expect(said(good, false)).toMatchObject({ verdict: 'pass', counts: { stored: 1, acknowledged: 1 } })
    expectSame(good)
  })

  it('are left to the parser where any value is odd', () => {
    for (const at of [1, 2, 3, 4]) {
      const line = good[at] as string
      for (const [field] of line.matchAll(/"\w+":(?:"[^"]*"|\[[^\]]*\]|[^,}]+)/g)) {
        const name = field.slice(0, field.indexOf(':') + 1)
        for (const value of all) expectSame(good.with(at, line.replace(field, `${name}${value}`)))
      }
    }
  })

  it('are left to the parser where a field is gone, twice, misnamed, or stands elsewhere', () => {
    for (const at of [1, 2, 3, 4]) {
      const line = good[at] as string
      const fields = [...line.matchAll(/"\w+":(?:"[^"]*"|\[[^\]]*\]|[^,}]+)/g)].map(([field]) => field)
      const lineOf = (parts: readonly string[]) => `{${parts.join(',')}}`
      for (const [number, field] of fields.entries()) {
        const others = fields.toSpliced(number, 1)
        const name = field.slice(1, field.indexOf('"', 1))
        for (const other of [
          lineOf(others),
          lineOf([...others, field]),
          lineOf([...fields, field]),
          lineOf([...fields, field.replace(name, `${name}s`)]),
          lineOf(fields.with(number, field.replace(name, name.toUpperCase()))),
          lineOf(fields.with(number, field.replace(name, `${name.slice(0, -1)}x`))),
          lineOf(fields.with(number, field.replace(':', ' :'))),
          lineOf(fields.with(number, field.replace(':', ': '))),
          lineOf(fields.with(number, field.slice(1))),
          lineOf(fields).replace(`${field},`, `${field};`),
        ])
          expectSame(good.with(at, other))
      }
      for (const other of [` ${line}`, `${line} `, `${line}}`, line.slice(1), line.slice(0, -1), `${line},`])
        expectSame(good.with(at, other))
    }
  })

  it('know processes and orders of other lines by their names', () => {
    const other = (line: string, process: string, id: string) =>
      line.replace('"k6/1"', `"${process}"`).replaceAll('"o-1"', `"${id}"`)
    for (const process of ['k6/1', 'k6/2', 'k6/11', '']) {
      for (const id of ['o-1', 'o-2', 'o-70000', 'o-99999999', 'p-1', 'p1-1', 'x', '12']) {
        const second = [other(invoke, process, id), other(ok, process, id), other(read, process, id)]
        expectSame([run, invoke, ...second, ok, read, complete])
        expectSame([run, ...second, invoke, ok, read, complete])
        expectSame([run, invoke, ok, second[0] as string, read, second[2] as string, complete])
      }
    }
  })

  it('end as they say, and are expected where they say', () => {
    for (const type of ['ok', 'info', 'fail', 'oks', 'o', 'invoke'])
      expectSame(good.with(2, ok.replace('"ok"', `"${type}"`)))
    for (const expected of ['store', 'dead-letter', 'stor', 'stores', 'queue'])
      expectSame(good.with(1, invoke.replace('}', `,"expect":"${expected}"}`)))
    for (const place of ['store', 'dead-letter', 'queue', 'stores'])
      for (const text of [read, read.replace(',"effects":["e-1"]', '')])
        expectSame(good.with(3, text.replace('"store"', `"${place}"`)))
    for (const action of ['submit', 'submits', 'get'])
      expectSame(good.map((line) => line.replace('"submit"', `"${action}"`)))
    for (const attempt of ['1', '2', '7', '8', '300', '0', '1.5'])
      expectSame(good.map((line) => line.replace('"attempt":1', `"attempt":${attempt}`)))
  })

  it('tell orders apart by each digit of their numbers, and payloads by each of their digests', () => {
    const numbers = [
      '0',
      '9',
      '10',
      '19',
      '90',
      '91',
      '100',
      '109',
      '65535',
      '70000',
      '123456789',
      '1234567890',
    ]
    const of = (line: string, number: string, digest: string) =>
      line.replace('"o-1"', `"o-${number}"`).replace('0000000a', digest)
    const asked = numbers.flatMap((number) => [of(invoke, number, '0000000a'), of(ok, number, '')])
    const stored = numbers.slice(1).map((number) => of(read, number, '0000000a'))
    const all = [run, ...asked, ...stored, complete.replace('1}', `${stored.length}}`)]
    expectSame(all)
    expect(said(all, false)).toMatchObject({ examples: { lost: ['o-0'] } })
    for (let at = 0; at < 8; at += 1) {
      for (const digit of ['0', '1', '8', '9', 'a', 'b', 'e', 'f', 'g', '/', ':', '`']) {
        const digest = `${'0'.repeat(at)}${digit}${'0'.repeat(7 - at)}`
        for (const other of [digest, '00000000', `${'0'.repeat(at)}9${'0'.repeat(7 - at)}`]) {
          const lines = [run, of(invoke, '1', digest), ok, of(read, '1', other), complete]
          expectSame(lines)
          expect(said(lines, false)).toMatchObject({ counts: { corrupted: digest === other ? 0 : 1 } })
        }
      }
    }
  })
})
