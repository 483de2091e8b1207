import { describe, expect, it } from 'vitest'
import { accountOf, rankOfEnd } from './flags.ts'
import { Naming } from './naming.ts'
import { OrderTable } from './order-table.ts'
import { pageSize } from './page.ts'

function table() {
  const counts = { attempted: 0, stored: 0, deadLettered: 0, queued: 0 }
  return { counts, table: new OrderTable(1, new Naming(), counts, (index) => `o-${index}`) }
}

const invocation = (process: number, attempt: number, change = {}) => ({
  process,
  attempt,
  digest: 10,
  expectsDeadLetters: false,
  ...change,
})
const second = (attempt: number) => `expected one invoke of attempt ${attempt} of "o-3", got a second`

describe('the attempts of an order', () => {
  it('are invoked once each, by whichever process, in whichever order', () => {
    const attempts = [1, 2, 7, 8, 9, 300]
    for (const first of attempts) {
      const { table: orders, counts } = table()
      const all = [first, ...attempts.filter((attempt) => attempt !== first)]
      const each = all.flatMap((attempt) => [invocation(5, attempt), invocation(6, attempt)])
      for (const [number, one] of each.entries()) {
        const { process, attempt } = one
        expect(orders.hasInvoked(3, process, attempt)).toBe(false)
        expect(orders.invoke(3, one)).toBeUndefined()
        for (const known of each.slice(0, number + 1)) {
          expect(orders.hasInvoked(3, known.process, known.attempt)).toBe(true)
          expect(orders.invoke(3, known)).toBe(second(known.attempt))
        }
        expect(orders.hasInvoked(3, process, attempt + 1_000)).toBe(false)
      }
      expect(counts.attempted).toBe(1)
      expect(orders.size).toBe(1)
    }
  })

  it('of neighbours are their own', () => {
    const { table: orders } = table()
    for (const index of [2, 3, 4]) expect(orders.invoke(index, invocation(5, 1))).toBeUndefined()
    expect(orders.invoke(3, invocation(5, 2))).toBeUndefined()
    expect(orders.invoke(3, invocation(6, 1))).toBeUndefined()
    for (const index of [2, 4]) {
      expect(orders.hasInvoked(index, 5, 1)).toBe(true)
      expect([orders.hasInvoked(index, 5, 2), orders.hasInvoked(index, 6, 1)]).toEqual([false, false])
    }
    expect(orders.invoke(6, invocation(5, 1))).toBeUndefined()
    expect(orders.invoke(6, invocation(5, 1))).toContain('got a second')
    expect(orders.hasInvoked(5, 5, 1)).toBe(false)
    expect(orders.hasInvoked(5 * pageSize, 5, 1)).toBe(false)
  })

  it('are known of an order that somebody else named, or that was found first', () => {
    const { table: orders } = table()
    orders.name(3, 9)
    orders.found(4, { place: 'queue', digest: 10, effects: 0 })
    for (const index of [3, 4]) {
      expect(orders.hasInvoked(index, 5, 1)).toBe(false)
      expect(orders.invoke(index, invocation(5, 1))).toBeUndefined()
      expect(orders.hasInvoked(index, 5, 1)).toBe(true)
      expect(orders.hasInvoked(index, 9, 1)).toBe(false)
    }
  })

  it('expect the same place, and end with the best', () => {
    const { table: orders } = table()
    expect(orders.invoke(3, invocation(5, 1, { expectsDeadLetters: true }))).toBeUndefined()
    expect(orders.invoke(3, invocation(5, 2))).toBe(
      'expected every invoke of "o-3" to have the same `expect`',
    )
    const ends = [rankOfEnd.info, rankOfEnd.fail, rankOfEnd.ok, rankOfEnd.info].map((rank) => {
      orders.end(3, rank)
      const seen: string[] = []
      orders.forEach((flags) => {
        seen.push(accountOf(flags, false).end)
      })
      return seen.join()
    })
    expect(ends).toEqual(['info', 'info', 'ok', 'ok'])
  })
})

describe('the short ways', () => {
  it('take the first attempt of an order that was never named, and nothing else', () => {
    const { table: orders, counts } = table()
    expect(orders.onlyAttempt(3, 5, 10, rankOfEnd.ok)).toBe(true)
    expect(orders.onlyAttempt(3, 5, 10, rankOfEnd.ok)).toBe(false)
    expect(orders.invoke(3, invocation(5, 1))).toBe(second(1))
    orders.name(4, 5)
    expect(orders.onlyAttempt(4, 5, 10, rankOfEnd.ok)).toBe(false)
    expect(counts.attempted).toBe(1)
    orders.invoke(3, invocation(5, 2))
    // The page has its attempts written down from here on.
    expect(orders.onlyAttempt(5, 5, 10, rankOfEnd.ok)).toBe(false)
    expect(orders.onlyAttempt(5 + pageSize, 5, 10, rankOfEnd.ok)).toBe(true)
  })

  it('take the first read of an order that was invoked with this digest, and nothing else', () => {
    const { table: orders, counts } = table()
    orders.onlyAttempt(3, 5, 10, rankOfEnd.ok)
    expect([orders.onlyRead(3, 11), orders.onlyRead(4, 0), orders.onlyRead(3 + pageSize, 10)]).toEqual([
      false,
      false,
      false,
    ])
    orders.found(3, { place: 'queue', digest: 10, effects: 0 })
    expect([orders.onlyRead(3, 10), orders.onlyRead(3, 10)]).toEqual([true, false])
    expect(counts).toEqual({ attempted: 1, stored: 1, deadLettered: 0, queued: 1 })
  })
})

describe('the accounts of a table', () => {
  it('are visited by number and counted, however far apart', () => {
    const { table: orders } = table()
    const indexes = [2, pageSize - 1, pageSize, 7 * pageSize + 5]
    for (const index of indexes) orders.invoke(index, invocation(5, 1))
    const visited: number[] = []
    orders.forEach((_flags, run, index) => {
      visited.push(index, run)
    })
    expect(visited).toEqual(indexes.flatMap((index) => [index, 1]))
    const histogram = new Float64Array(256)
    orders.countInto(histogram)
    expect([histogram[1], histogram.reduce((sum, count) => sum + count) - (histogram[0] as number)]).toEqual([
      4, 4,
    ])
    expect(orders.bytes).toBe(3 * pageSize * 7)
    expect([0, pageSize, 2 * pageSize, 7 * pageSize].map((index) => orders.hasPage(index))).toEqual([
      true,
      true,
      false,
      true,
    ])
  })

  it('with a digest that no invoke carried are known, whichever came first', () => {
    const { table: orders } = table()
    const found = (index: number, digest: number) =>
      orders.found(index, { place: 'store', digest, effects: 1 })
    orders.invoke(1, invocation(5, 1))
    found(1, 10)
    orders.invoke(2, invocation(5, 1))
    found(2, 11)
    found(3, 11)
    orders.invoke(3, invocation(5, 1))
    found(4, 10)
    orders.invoke(4, invocation(5, 1))
    orders.invoke(5, invocation(5, 1))
    orders.invoke(5, invocation(5, 2, { digest: 11 }))
    found(5, 11)
    found(6, 11)
    found(6, 12)
    found(7, 11)
    found(7, 10)
    orders.invoke(7, invocation(5, 1))
    expect([...orders.withUnknownDigest().keys()]).toEqual([2, 3, 7])
  })
})
