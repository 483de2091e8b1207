import { describe, expect, it } from 'vitest'
import { IdIndex, isPrefix, numberStart } from './id-index.ts'

describe('where the number of an id begins', () => {
  it('splits an id into prefix and number in one way only', () => {
    const splits = (id: string) => [id.slice(0, numberStart(id)), id.slice(numberStart(id))]
    expect(splits('o-17')).toEqual(['o-', '17'])
    expect(splits('o-0')).toEqual(['o-', '0'])
    expect(splits('o-007')).toEqual(['o-00', '7'])
    expect(splits('o-00')).toEqual(['o-0', '0'])
    expect(splits('17')).toEqual(['', '17'])
    expect(splits('4294967295')).toEqual(['', '4294967295'])
  })

  it('is the end where there is no number, or one of more than 32 bits', () => {
    for (const id of ['o-', '__proto__', '4294967296', 'o-99999999999', ''])
      expect(numberStart(id)).toBe(id.length)
  })

  it('is after a prefix that does not end in a digit', () => {
    expect([isPrefix('o-'), isPrefix(''), isPrefix('run7')]).toEqual([true, true, false])
  })
})

describe('the index of ids', () => {
  const name = (ids: IdIndex, id: string) => {
    const { table, index } = ids.place(id)
    table.name(index, 1)
    return { table, index }
  }

  it('gives every id one account, and the id back', () => {
    const ids = new IdIndex()
    const all = ['o-1', 'o-01', 'o-10', 'x', '__proto__', 'o-4294967295', '7', 'p1', ...hostile(100)]
    const places = all.map((id) => name(ids, id))
    expect(places.map(({ table, index }) => table.idOf(index))).toEqual(all)
    expect(all.map((id) => ids.place(id))).toEqual(places)
    expect(new Set(places.map(({ table, index }) => `${table.number} ${index}`)).size).toBe(all.length)
  })

  it('keeps an account where it is when its number comes into reach later', () => {
    const ids = new IdIndex()
    const far = name(ids, 'o-1000000')
    expect(far.table.idOf(far.index)).toBe('o-1000000')
    for (let number = 0; number < 70_000; number += 1) name(ids, `o-${number}`)
    expect(ids.place('o-1000000')).toEqual(far)
    expect(name(ids, 'o-1000001').table).not.toBe(far.table)
  })

  it('takes eight bytes an id or less where ids are dense, and no page for each far number', () => {
    const ids = new IdIndex()
    for (let number = 0; number < 65_536; number += 1) name(ids, `o-${number}`)
    const bytes = () => ids.tables.reduce((sum, table) => sum + table.bytes, 0)
    expect(bytes()).toBeLessThanOrEqual(8 * 65_536)
    const before = bytes()
    for (let number = 1; number <= 1_000; number += 1) name(ids, `o-${4_000_000_000 + number * 100_000}`)
    expect(bytes() - before).toBeLessThan(100_000)
  })

  const hostile = (count: number) =>
    Array.from({ length: count }, (_, number) => `prefix ${number} -${number}`)
})
