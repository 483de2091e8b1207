import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { noLostOrders } from './no-lost-orders.ts'
import { toKeep } from './to-keep.ts'

const said = (isNot: boolean, ids: readonly string[]) => {
  const run = history()
  for (const id of ['a', 'b', 'c']) run.submit(id).ok()
  const { pass, message } = toKeep.call({ isNot }, run.finalRead(ids), noLostOrders())
  return [pass, message()]
}

describe('what toKeep says', () => {
  it('of a promise that is kept', () => {
    const promise = ': loses no acknowledged order\ngot pass: kept'
    expect(said(false, ['a', 'b', 'c'])).toEqual([true, `expected the history to keep the promise${promise}`])
    expect(said(true, ['a', 'b', 'c'])).toEqual([true, `expected the history to break the promise${promise}`])
  })

  it('of one that is broken, with all its examples', () => {
    const got = ': loses no acknowledged order\ngot fail: 2 acknowledged orders are lost\nexamples: a, c'
    expect(said(false, ['b'])).toEqual([false, `expected the history to keep the promise${got}`])
    expect(said(true, ['b'])).toEqual([false, `expected the history to break the promise${got}`])
  })

  it('of one with several reasons, all of them', () => {
    const reasons = ['one', 'another']
    const end = () => ({ verdict: 'unknown', examined: 1, counts: {}, examples: [], reasons }) as const
    const checker = { name: 'n', promise: 'p', begin: () => ({ see() {}, end }) }
    expect(toKeep.call({}, history(), checker).message()).toMatch(/got unknown: one; another$/)
  })
})
