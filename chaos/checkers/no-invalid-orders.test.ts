import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { noInvalidOrders } from './no-invalid-orders.ts'
import { check } from './to-keep.ts'

const wrong = { invalid: true } as const

describe('orders that are wrong on purpose', () => {
  it('are refused, and good ones are none of them', () => {
    const run = history().submit('good').ok().submit('bad', wrong).fail({ status: 422 }).submit('late').info()
    expect(check([...run], noInvalidOrders())).toMatchObject({
      verdict: 'pass',
      examined: 1,
      counts: { accepted: 0 },
      reasons: [],
    })
  })

  it('break the promise when one is accepted, at whichever attempt, and are named', () => {
    const run = history().submit('bad', wrong).info().submit('bad', wrong).ok().submit('good').ok()
    expect(check([...run], noInvalidOrders())).toMatchObject({
      verdict: 'fail',
      examined: 1,
      counts: { accepted: 1 },
      examples: ['bad'],
      reasons: ['1 order(s) that were wrong on purpose were accepted'],
    })
  })

  it('say nothing where none of them was answered', () => {
    const run = history().submit('bad', wrong).info().submit('bad', wrong).submit('good').ok()
    expect(check([...run], noInvalidOrders())).toMatchObject({
      verdict: 'unknown',
      examined: 0,
      reasons: ['no order that was wrong on purpose was answered'],
    })
  })

  it('say nothing where none was sent either', () => {
    expect(check([...history().submit('good').ok()], noInvalidOrders())).toMatchObject({
      verdict: 'unknown',
      examined: 0,
    })
  })

  it('are told apart by who sent them, and from what else is asked of the same id', () => {
    const run = history()
      .submit('o', { ...wrong, process: 'one' })
      .submit('o', { process: 'two' })
      .ok()
      .get('o', { process: 'one' })
      .ok()
      .complete('fail', { process: 'one', action: 'submit', id: 'o', attempt: 1, status: 400 })
    expect(check([...run], noInvalidOrders())).toMatchObject({ verdict: 'pass', examined: 1 })
  })
})
