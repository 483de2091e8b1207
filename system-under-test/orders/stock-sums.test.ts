import { describe, expect, it } from 'vitest'
import { piecesOf, stockSums } from './stock-sums.ts'

const order = {
  customer: 'c',
  items: [
    { sku: 'a', quantity: 2 },
    { sku: 'b', quantity: 1 },
    { sku: 'a', quantity: 3 },
  ],
}
const held = [
  { sku: 'a', orderId: 'o1', quantity: 5 },
  { sku: 'b', orderId: 'o1', quantity: 1 },
]

describe('the sums of the stock', () => {
  it('adds up lines of an order that name the same article', () => {
    expect([...piecesOf(order)]).toEqual([
      ['a', 5],
      ['b', 1],
    ])
  })

  it('add up where exactly what is ordered is put aside', () => {
    expect(stockSums(new Map([['o1', order]]), held)).toEqual({ ordered: 6, held: 6, astray: [] })
  })

  it.each([
    ['a done order without its pieces', held.slice(1), ['o1']],
    ['fewer pieces than ordered', [{ sku: 'a', orderId: 'o1', quantity: 4 }, ...held.slice(1)], ['o1']],
    ['pieces for an order that is not done', [...held, { sku: 'a', orderId: 'o2', quantity: 1 }], ['o2']],
    ['the same pieces twice', [...held, ...held.slice(1)], ['o1']],
  ])('show %s', (_what, rows, astray) => {
    expect(stockSums(new Map([['o1', order]]), rows).astray).toEqual(astray)
  })
})
