import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import type { HistoryLine } from '../history/line.ts'
import { noReorderedOrders } from './no-reordered-orders.ts'
import { noStaleReads } from './no-stale-reads.ts'
import { check } from './to-keep.ts'
import { visibleWithin } from './visible-within.ts'

const notFound = { status: 404 }

describe('the order of each key, to the millisecond', () => {
  interface Placed {
    readonly id: string
    readonly fromMs: number
    readonly okMs: number
    readonly position?: unknown
    readonly key?: string
    readonly place?: 'store' | 'dead-letter'
  }

  /** Orders of key k from their invoke to their ok, and their places among the effects. */
  function checked(...orders: Placed[]) {
    const run = history()
    for (const { id, fromMs, okMs, key = 'k' } of orders) run.at(fromMs).submit(id, { key }).at(okMs).ok()
    for (const { id, place = 'store' } of orders) run.found(id, { place })
    const positions = new Map(orders.map(({ id, position }) => [id, position]))
    const lines = [...run].map((line) =>
      line.kind === 'read' ? ({ ...line, position: positions.get(line.id) } as HistoryLine) : line,
    )
    return check(lines, noReorderedOrders())
  }

  it('goes by the times of the history and not by the order of its lines', () => {
    const late = { id: 'late', fromMs: 10, okMs: 11, position: 1 }
    const early = { id: 'early', fromMs: 1, okMs: 2, position: 2 }
    for (const orders of [
      [late, early],
      [early, late],
    ]) {
      expect(checked(...orders)).toEqual({
        verdict: 'fail',
        examined: 1,
        counts: { reordered: 1 },
        examples: ['late'],
        reasons: ['1 order(s) took effect before one of the same key that was acknowledged earlier'],
      })
    }
  })

  it('takes the greatest place of all that were acknowledged before', () => {
    const orders = [
      { id: 'a', fromMs: 0, okMs: 9, position: 5 },
      { id: 'b', fromMs: 1, okMs: 2, position: 3 },
      { id: 'c', fromMs: 10, okMs: 11, position: 4 },
      { id: 'd', fromMs: 20, okMs: 21, position: 6 },
    ]
    expect(checked(...orders)).toMatchObject({ examined: 2, examples: ['c'] })
    expect(checked(...orders.toReversed())).toMatchObject({ examined: 2, examples: ['c'] })
  })

  it('begins after the millisecond of the acknowledgement, and lets places be the same', () => {
    const a = { id: 'a', fromMs: 0, okMs: 5, position: 2 }
    expect(checked(a, { id: 'b', fromMs: 5, okMs: 6, position: 1 })).toMatchObject({ verdict: 'unknown' })
    expect(checked(a, { id: 'b', fromMs: 6, okMs: 7, position: 2 })).toMatchObject({
      verdict: 'pass',
      examined: 1,
    })
  })

  it('looks at nothing without a key, an ok, or a place in the store', () => {
    const a = { id: 'a', fromMs: 0, okMs: 1, position: 2 }
    const b = { id: 'b', fromMs: 5, okMs: 6, position: 1 }
    for (const other of [
      { ...b, position: undefined },
      { ...b, position: '1' },
      { ...b, place: 'dead-letter' as const },
      { ...b, key: 'l' },
    ])
      expect(checked(a, other)).toMatchObject({ verdict: 'unknown', examined: 0 })
    const lines = (fields: { readonly key?: string }) => {
      const run = history().submit('a', fields).ok().submit('b', fields).ok().finalRead(['a', 'b'])
      return [...run].map((line) =>
        line.kind === 'read' ? { ...line, position: line.id === 'a' ? 2 : 1 } : line,
      )
    }
    expect(check(lines({}), noReorderedOrders()).verdict).toBe('unknown')
    expect(check(lines({ key: 'k' }), noReorderedOrders()).verdict).toBe('fail')
    const open = lines({ key: 'k' }).filter(
      (line) => !(line.kind === 'op' && line.type === 'ok' && line.id === 'b'),
    )
    expect(check(open, noReorderedOrders()).verdict).toBe('unknown')
    const refused = lines({ key: 'k' }).map((line) =>
      line.kind === 'op' && line.type === 'ok' && line.id === 'b' ? { ...line, type: 'info' as const } : line,
    )
    expect(check(refused, noReorderedOrders()).verdict).toBe('unknown')
    const gets = history().get('a', { key: 'k' }).ok().get('b', { key: 'k' }).ok().finalRead(['a', 'b'])
    const placed = [...gets].map((line) =>
      line.kind === 'read' ? { ...line, position: line.id === 'a' ? 2 : 1 } : line,
    )
    expect(check(placed, noReorderedOrders()).verdict).toBe('unknown')
  })

  it('counts from the first acknowledgement of several, whatever came before it', () => {
    const run = history().submit('a', { key: 'k' }).info().submit('a', { key: 'k' }).ok()
    run.submit('b', { key: 'k' }).ok().submit('a', { key: 'k' }).ok()
    const lines = [...run.finalRead(['a', 'b'])].map((line) =>
      line.kind === 'read' ? { ...line, position: line.id === 'a' ? 2 : 1 } : line,
    )
    expect(check(lines, noReorderedOrders())).toMatchObject({ verdict: 'fail', examples: ['b'] })
  })

  it('stands a clock that was set back: an order may be acknowledged before it was asked for', () => {
    const a = { id: 'a', fromMs: 10, okMs: 5, position: 2 }
    expect(checked(a, { id: 'b', fromMs: 6, okMs: 7, position: 1 })).toMatchObject({ examples: ['b'] })
  })

  it('takes the first place where an order has several', () => {
    const run = history().submit('a', { key: 'k' }).ok().submit('b', { key: 'k' }).ok()
    const places = [2, 3, 1]
    const lines = [...run.found('a').found('b').found('b')].map((line) =>
      line.kind === 'read' ? { ...line, position: places.shift() as number } : line,
    )
    expect(check(lines, noReorderedOrders())).toMatchObject({ verdict: 'pass', examined: 1 })
  })
})

describe('no stale reads, to the millisecond', () => {
  it('goes by the times of the beginnings', () => {
    const lines = history()
      .at(30)
      .get('a')
      .ok()
      .at(20)
      .get('a')
      .fail(notFound)
      .at(0)
      .get('a')
      .ok({ version: 3 })
    expect(check(lines, noStaleReads())).toMatchObject({ verdict: 'fail', examined: 2, counts: { stale: 2 } })
  })

  it('lets a read differ that began in the millisecond in which the other ended', () => {
    const at = (fromMs: number) => history().at(0).get('a').at(5).ok().at(fromMs).get('a').fail(notFound)
    expect(check(at(5), noStaleReads()).verdict).toBe('unknown')
    expect(check(at(6), noStaleReads()).verdict).toBe('fail')
  })

  it('stands a clock that was set back: a read may end before it begins', () => {
    const lines = history().at(6).get('a').at(5).ok().at(7).get('a').at(3).fail(notFound)
    expect(check(lines, noStaleReads())).toMatchObject({ verdict: 'fail', counts: { stale: 1 } })
  })

  it('looks at no submit, and says so where it saw nothing', () => {
    const lines = history().at(0).get('a').ok().submit('a').fail(notFound).submit('a').fail(notFound)
    expect(check(lines, noStaleReads())).toEqual({
      verdict: 'unknown',
      examined: 0,
      counts: { stale: 0 },
      examples: [],
      reasons: ['no order was read again after it had been found'],
    })
  })
})

describe('visible within, to the action', () => {
  it('looks at gets of acknowledged submits alone', () => {
    const visible = visibleWithin(10)
    const open = history().at(0).submit('a').at(50).get('a').fail(notFound)
    expect(check(open, visible)).toMatchObject({ verdict: 'unknown', examined: 0 })
    const refused = history().at(0).submit('a').fail(notFound).at(50).submit('a').fail(notFound)
    expect(check(refused, visible)).toMatchObject({ verdict: 'unknown', examined: 0 })
    const twice = history().at(0).submit('a').ok().at(50).submit('a').fail(notFound).get('a').ok()
    expect(check(twice, visible)).toMatchObject({ verdict: 'pass', examined: 1 })
    const others = history().at(0).get('a').ok().at(50).get('a').fail(notFound).invoke('put', 'a').ok()
    expect(check(others, visible)).toMatchObject({ verdict: 'unknown', examined: 0 })
  })
})
