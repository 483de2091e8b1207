import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { noDuplicatedOrders } from './no-duplicated-orders.ts'
import { noLostOrders } from './no-lost-orders.ts'
import { toKeep } from './to-keep.ts'

expect.extend({ toKeep })

const honest = history().submit('a').ok().finalRead(['a'])
const losing = history().submit('a').ok().submit('b').ok().finalRead(['a'])
const unread = history().submit('a').ok().found('a')

describe('the matcher toKeep', () => {
  it('passes where the promise is kept', () => {
    expect(honest).toKeep(noLostOrders())
    expect(losing).toKeep(noDuplicatedOrders())
  })

  it('fails with the reason and the examples where it is broken', () => {
    expect(() => expect(losing).toKeep(noLostOrders())).toThrow(
      'expected the history to keep the promise: loses no acknowledged order\n' +
        'got fail: 1 acknowledged order is lost\nexamples: b',
    )
    expect(losing).not.toKeep(noLostOrders())
  })

  it('fails both ways where nothing can be said', () => {
    expect(() => expect(unread).toKeep(noLostOrders())).toThrow(
      'got unknown: not every planned place was read to its end',
    )
    expect(() => expect(unread).not.toKeep(noLostOrders())).toThrow('to break the promise')
  })
})
