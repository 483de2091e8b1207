import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { noReorderedOrders } from './no-reordered-orders.ts'
import { noStaleReads } from './no-stale-reads.ts'
import { check } from './to-keep.ts'
import { visibleWithin } from './visible-within.ts'

const notFound = { status: 404 }

describe('visible within', () => {
  const visible = visibleWithin(100)
  const acknowledged = () => history().at(0).submit('a').at(50).ok()

  it('is broken by a 404 to a read that began so long after the acknowledgement', () => {
    const result = check(acknowledged().at(150).get('a').fail(notFound), visible)
    expect(result).toMatchObject({ verdict: 'fail', examined: 1, counts: { invisible: 1 }, examples: ['a'] })
    expect(result.reasons).toEqual(['1 read(s) did not find an order that was acknowledged 100 ms before'])
  })

  it('is kept where the order was found, or asked for too early to say', () => {
    const lines = acknowledged().at(149).get('a').fail(notFound).at(150).get('a').ok()
    expect(check(lines, visible)).toMatchObject({ verdict: 'pass', examined: 1, counts: { invisible: 0 } })
  })

  it('counts from the earliest acknowledgement, wherever in the file it stands', () => {
    const lines = history().at(200).get('a').fail(notFound).at(300).submit('a').ok().at(0).submit('a').ok()
    expect(check(lines, visible).verdict).toBe('fail')
  })

  it('is unknown where only shed, lost or early reads, or none of an acknowledged good order, were seen', () => {
    const lines = acknowledged().at(500).get('a').fail({ status: 429 }).get('a').info().get('a').get('b').ok()
    lines.submit('c').info().submit('d', { expect: 'dead-letter' }).ok().at(900).get('c').ok().get('d').ok()
    expect(check(lines, visible)).toMatchObject({
      verdict: 'unknown',
      examined: 0,
      reasons: ['no acknowledged order was read'],
    })
  })
})

describe('no stale reads', () => {
  it('is broken by a 404 after the order was found', () => {
    const lines = history().get('a').ok().get('a').fail(notFound).get('b').ok().get('b').ok()
    expect(check(lines, noStaleReads())).toMatchObject({
      verdict: 'fail',
      examined: 2,
      counts: { stale: 1 },
      examples: ['a'],
      reasons: ['1 read(s) showed less than one before'],
    })
  })

  it('is broken by a smaller version', () => {
    const lines = history().get('a').ok({ version: 2 }).get('a').ok({ version: 1 })
    expect(check(lines, noStaleReads()).verdict).toBe('fail')
    expect(
      check(history().get('a').ok({ version: 1 }).get('a').ok({ version: 1 }), noStaleReads()).verdict,
    ).toBe('pass')
  })

  it('lets reads differ that overlap', () => {
    const slow = { process: 'slow', action: 'get', id: 'a', attempt: 1 }
    const lines = history()
      .get('a', { process: 'slow' })
      .get('a')
      .ok()
      .complete('fail', { ...slow, ...notFound })
    expect(check(lines, noStaleReads()).verdict).toBe('unknown')
  })

  it('goes by time and not by the order of the file', () => {
    const lines = history().at(10).get('a').fail(notFound).at(0).get('a').ok()
    expect(check(lines, noStaleReads()).verdict).toBe('fail')
  })

  it('is unknown where no order was read again after it was found', () => {
    const lines = history().get('a').fail(notFound).get('a').ok().get('b').ok().get('b').info()
    expect(check(lines, noStaleReads())).toMatchObject({ verdict: 'unknown', examined: 0 })
  })
})

describe('the order of each key', () => {
  const lines = (first: number, second: number) => {
    const build = history()
      .submit('a', { key: 'k' })
      .ok()
      .submit('b', { key: 'k' })
      .ok()
      .submit('c', { key: 'l' })
      .ok()
    return [...build.finalRead(['a', 'b', 'c'])].map((line) =>
      line.kind === 'read' ? { ...line, position: { a: first, b: second, c: 0 }[line.id] as number } : line,
    )
  }

  it('is broken where the later one took effect first', () => {
    expect(check(lines(2, 1), noReorderedOrders())).toMatchObject({
      verdict: 'fail',
      examined: 1,
      counts: { reordered: 1 },
      examples: ['b'],
    })
  })

  it('is kept where effects follow the acknowledgements', () => {
    expect(check(lines(1, 2), noReorderedOrders())).toMatchObject({ verdict: 'pass', examined: 1 })
  })

  it('takes the key from the store where no submit carries it', () => {
    const keyed = lines(2, 1).map((line) => {
      if (line.kind === 'op') return { ...line, key: undefined } as unknown as typeof line
      return line.kind === 'read' ? { ...line, key: line.id === 'c' ? 'l' : 'k' } : line
    })
    expect(check(keyed, noReorderedOrders())).toMatchObject({ verdict: 'fail', examples: ['b'] })
  })

  it('is free for an order that was first asked for before the other had its answer', () => {
    const asked = history().at(0).submit('b', { key: 'k' }).info().at(1).submit('a', { key: 'k' }).at(2).ok()
    asked.at(3).submit('b', { key: 'k' }).at(4).ok()
    const read = [...asked.finalRead(['a', 'b'])].map((line) =>
      line.kind === 'read' ? { ...line, position: line.id === 'a' ? 2 : 1 } : line,
    )
    expect(check(read, noReorderedOrders()).verdict).toBe('unknown')
    const refused = read.map((line) =>
      line.kind === 'op' && line.type === 'info' ? { ...line, type: 'fail' as const } : line,
    )
    expect(check(refused, noReorderedOrders())).toMatchObject({ verdict: 'fail', examples: ['b'] })
  })

  it('is free for orders that overlapped', () => {
    const overlapping = history().submit('a', { key: 'k' }).submit('b', { key: 'k' })
    overlapping.ok().complete('ok', { id: 'a', process: 'client of a', attempt: 1 })
    const read = [...overlapping.finalRead(['a', 'b'])].map((line) =>
      line.kind === 'read' ? { ...line, position: line.id === 'a' ? 2 : 1 } : line,
    )
    expect(check(read, noReorderedOrders()).verdict).toBe('unknown')
  })

  it('is unknown where nothing carries a key or a position', () => {
    expect(
      check(history().submit('a').ok().submit('b').ok().finalRead(['a', 'b']), noReorderedOrders()),
    ).toMatchObject({
      verdict: 'unknown',
      reasons: ['no two orders of one key were acknowledged one after the other'],
    })
  })
})
