import { describe, expect, it } from 'vitest'
import { history } from '../../history/build-history.ts'
import { Expander } from '../../history/expand.ts'
import { parseLine } from '../../history/parse-line.ts'
import { judge } from '../judge.ts'
import { judgeText } from '../judge-text.fixture.ts'

/** [number, outcome, flags, attempt, action, digest, invoke in ticks] */
type Attempt = readonly [number, number, number?, number?, number?, number?, number?]
type Read = readonly [number: number, digest: number, effect: number]

const ops = (...attempts: Attempt[]) => {
  const records = attempts.map(
    ([n, outcome, flags = 0, attempt = 1, action = 0, digest = 10, invoke = 100]) => {
      const record = Buffer.alloc(28)
      record.writeUInt32LE(n)
      record.set([outcome, flags, attempt, action], 4)
      for (const [at, value] of [digest, invoke, invoke, invoke + 1].entries())
        record.writeUInt32LE(value, 8 + 4 * at)
      return record
    },
  )
  return `@ops k6/1 ${Buffer.concat(records).toString('base64')}`
}
const reads = (...all: Read[]) =>
  `@reads ${Buffer.from(Uint32Array.from(all.flat()).buffer).toString('base64')}`
const json = (line: object) => JSON.stringify(line)
const runLine = (ledgerPrefix: string) => json(history({ ledgerPrefix }).lines[0] as object)
const complete = (count: number) => json({ kind: 'read-complete', timeMs: 9, place: 'store', count })

/** Read from the bytes, parsed, and as JSON has them: all three must say the same, which is given back. */
function judged(prefix: string, ...lines: string[]) {
  const all = [runLine(prefix), ...lines]
  const expander = new Expander()
  const expanded = all.flatMap((text) => {
    const line = parseLine(text)
    return line.kind === 'problem' ? [] : [...expander.expand(line)]
  })
  const result = judgeText(all.map((text) => `${text}\n`).join(''))
  expect(judge(all)).toEqual(result)
  expect(judge(expanded)).toEqual(result)
  return result
}

describe('packed reads', () => {
  it('are one line while number and digest stay, with as many effects as are not 0', () => {
    const three = ops([1, 1], [2, 1], [3, 1])
    const of = (...all: Read[]) => judged('o-', three, reads(...all), complete(3)).examples
    expect(of([1, 10, 5], [2, 10, 6], [3, 10, 7])).toEqual({})
    expect(of([1, 10, 5], [1, 10, 6], [2, 10, 7], [3, 10, 8])).toEqual({ duplicated: ['o-1'] })
    expect(of([1, 10, 0], [2, 10, 7], [3, 10, 8])).toEqual({ lost: ['o-1'] })
    expect(of([1, 10, 0], [1, 10, 5], [2, 10, 7], [3, 10, 8])).toEqual({})
    expect(of([1, 10, 5], [2, 10, 7], [3, 10, 8], [3, 10, 9])).toEqual({ duplicated: ['o-3'] })
    const other = judged('o-', three, reads([1, 10, 5], [1, 11, 6], [2, 10, 7], [3, 10, 8]), complete(4))
    expect(other).toMatchObject({ reasons: expect.arrayContaining(['1 order is corrupted']) })
    expect(other.examples).toEqual({ duplicated: ['o-1'], corrupted: ['o-1'] })
  })

  it('of one line are not those of the next', () => {
    const result = judged(
      'o-',
      ops([1, 1], [2, 1]),
      reads([1, 10, 5]),
      reads([1, 10, 6], [2, 10, 7]),
      complete(3),
    )
    expect(result.examples).toEqual({ duplicated: ['o-1'] })
    const short = judged(
      'o-',
      ops([1, 1], [2, 1]),
      reads([1, 10, 5], [2, 10, 7], [2, 10, 8]),
      reads([2, 10, 9]),
      complete(3),
    )
    expect(short.examples).toEqual({ duplicated: ['o-2'] })
  })
})

describe('packed attempts', () => {
  it('are counted by their ends, also where nothing about them is plain', () => {
    const lines = [
      ops(
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 0],
        [5, 1, 1],
        [6, 1, 0, 2],
        [7, 1, 0, 1, 1],
        [8, 3, 0, 1, 0, 0xdeadbeef],
      ),
      ops([2, 1, 0, 2], [3, 2, 0, 2], [6, 1]),
      reads([1, 10, 1]),
      complete(1),
    ]
    expect(judged('o-', ...lines).counts).toMatchObject({
      attempted: 7,
      acknowledged: 4,
      refused: 0,
      unsure: 3,
      lost: 3,
      stored: 1,
    })
  })

  it('are load for the faults of their time', () => {
    const fault = (event: string, timeMs: number) =>
      json({ kind: 'fault', timeMs, event, fault: 'f', faultKind: 'k', target: 't' })
    const during = (invoke: number) =>
      judged(
        'o-',
        fault('injected', 2),
        fault('felt', 2),
        fault('healed', 3),
        ops([1, 1, 0, 1, 0, 10, invoke]),
        reads([1, 10, 1]),
        complete(1),
      ).verdict
    expect([100, 199, 200, 300, 301].map(during)).toEqual(['unknown', 'unknown', 'pass', 'pass', 'unknown'])
  })

  it('have their accounts wherever their numbers lie, and whatever the prefix ends with', () => {
    for (const prefix of ['o-', '', 'run7', 'ü-']) {
      const numbers = [4_000_000_000, 1, 70_000, 0, 4_294_967_295]
      const lines = [
        ops(...numbers.map((n) => [n, 1] as const)),
        reads(...numbers.slice(1).map((n) => [n, 10, 1] as const)),
        reads([70_000, 10, 2]),
        complete(5),
      ]
      expect(judged(prefix, ...lines)).toMatchObject({
        counts: { acknowledged: 5, stored: 4 },
        examples: { lost: [`${prefix}4000000000`], duplicated: [`${prefix}70000`] },
      })
    }
  })

  it('are refused the second time, whichever way they come', () => {
    for (const again of [
      [1, 1],
      [1, 0],
      [1, 1, 0, 1, 1],
    ] as const) {
      const twice = [runLine('o-'), ops(again as Attempt), ops(again as Attempt)]
      expect(() => judgeText(twice.map((text) => `${text}\n`).join(''))).toThrow(
        'line 3: expected one invoke',
      )
      expect(() => judge(twice)).toThrow('line 3: expected one invoke')
    }
  })
})
