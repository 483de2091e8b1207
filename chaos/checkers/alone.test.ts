import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import type { HistoryLine } from '../history/line.ts'
import type { Account } from './account.ts'
import { OrderBooks } from './books/order-books.ts'
import { tallyOf } from './books/tally.ts'
import { explain } from './explain.ts'
import { resultOfPromise } from './further-promise.ts'
import { createFileJudge, type FileJudge } from './judge.ts'
import { noLostOrders } from './no-lost-orders.ts'
import { resultOf } from './result-of.ts'
import { check } from './to-keep.ts'
import { enoughEvidence } from './vacuity.ts'

function books(lines: Iterable<HistoryLine>): OrderBooks {
  const filled = new OrderBooks((expected) => {
    throw new Error(expected)
  })
  for (const line of lines) filled.see(line)
  filled.endFile()
  return filled
}

const honest = () => history().submit('a').ok().submit('b').info().finalRead(['a', 'b'])

describe('a checker alone', () => {
  it('refuses what is no history, with the number of the line', () => {
    const broken = [...history().submit('a').ok(), ...history().submit('b')]
    expect(() => check(broken, noLostOrders())).toThrow(
      'HARNESS_HISTORY_INVALID: line 4: expected one line of kind run, got a second',
    )
    expect(() => check([], noLostOrders())).toThrow('line 0: expected a first line of kind run')
  })

  it('of what was seen enough of counts the orders that were asked for', () => {
    const run = history().submit('a').ok().submit('b').fail().finalRead(['a', 'phantom'])
    expect(enoughEvidence.judge(tallyOf(books(run)))).toEqual({
      verdict: 'pass',
      examined: 2,
      counts: {},
      examples: [],
      reasons: [],
    })
  })

  it('of a further promise names ten ids at most, each once', () => {
    const broken = Array.from({ length: 24 }, (_, number) => `o-${number % 12}`)
    const options = { counted: 'stale', reason: (count: number) => `${count} stale`, nothing: 'nothing' }
    expect(resultOfPromise({ ...options, examined: 30, broken })).toEqual({
      verdict: 'fail',
      examined: 30,
      counts: { stale: 24 },
      examples: broken.slice(0, 10),
      reasons: ['24 stale'],
    })
    expect(resultOfPromise({ ...options, examined: 1, broken: [] })).toMatchObject({
      verdict: 'pass',
      reasons: [],
    })
    expect(resultOfPromise({ ...options, examined: 0, broken: [] })).toMatchObject({
      verdict: 'unknown',
      reasons: ['nothing'],
    })
  })
})

describe('an explanation', () => {
  it('is none of lines that are no history', () => {
    expect(() => explain([...history().submit('a').ok(), ...history().submit('a')], ['a'])).toThrow(
      'these are not the lines of a valid history: expected one invoke of attempt 1 of "a", got a second',
    )
  })
})

describe("the judge's own sum", () => {
  const sum = /the judge's sum does not come out: (.*)\nHint: (.*)/

  it('is an error of ours where it does not come out, and says which part', () => {
    expect(resultOf(tallyOf(books(honest())), 3)).toMatchObject({
      format: 'seawall-result',
      version: 1,
      torn: 3,
    })
    const parts = [
      ['attempted', 'attempted: 3 against 2'],
      ['stored', 'in the store: 3 against 2'],
      ['deadLettered', 'in the dead letters: 1 against 0'],
      ['queued', 'in the queue: 1 against 0'],
    ] as const
    for (const [count, said] of parts) {
      const tally = tallyOf(books(honest()))
      tally.books.ids.counts[count] += 1
      const error = messageOf(() => resultOf(tally, 0))
      expect(error).toMatch(/^HARNESS_INTERNAL: /)
      expect(sum.exec(error)?.slice(1)).toEqual([
        said,
        'keep the history and report it: this is an error of Seawall, not of the system',
      ])
    }
  })

  it('counts the orders in places against those that may be there', () => {
    const tally = tallyOf(books(honest()))
    const oneMore = {
      ...tally,
      count: (predicate: (account: Account) => boolean) => tally.count(predicate) + 1,
    }
    const said =
      'attempted: 2 against 5; in places or lost by absence: 4 against 6; in the store: 2 against 3; '
    expect(messageOf(() => resultOf(oneMore, 0))).toContain(`${said}in the dead letters: 0 against 1; `)
  })
})

function messageOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing was thrown'
}

describe('the judge of files', () => {
  it('says how much its accounts take, and nothing before the first', () => {
    const judge = createFileJudge()
    expect(judge.accountBytes()).toBe(0)
    for (const line of honest()) judge.see(line)
    // Ids that end in no number share a page of 8,192 accounts, whose digests are no hexadecimal numbers here.
    expect(judge.accountBytes()).toBe(8_192 * 8)
    judge.see({ kind: 'read', timeMs: 1, place: 'queue', id: 'o-1', digest: 'odd', effects: undefined })
    expect(judge.accountBytes()).toBe(8_192 * 16)
  })

  it('hands every line to whoever also wants it, also those that it could read from their bytes', () => {
    const lines = [...history().submit('o-1', { digest: '0000000a' }).ok().finalRead(['o-1'])]
    const bytes = Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'))
    const ways = [
      (judge: FileJudge) => judge.seeLines(bytes),
      (judge: FileJudge) => {
        for (const line of lines) judge.see(line)
      },
    ]
    for (const hand of ways) {
      const seen: HistoryLine[] = []
      const judge = createFileJudge([], (line) => seen.push(line))
      judge.beginFile('a test')
      hand(judge)
      judge.end()
      expect(seen).toEqual(lines)
    }
  })
})
