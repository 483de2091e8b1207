import { describe, expect, it } from 'vitest'
import { IdIndex } from './id-index.ts'
import { Names } from './names.ts'
import { Naming } from './naming.ts'

const aTable = () => new IdIndex().place('o-1').table

describe('the order of first naming', () => {
  it('goes on in one run while table and process stay and numbers rise', () => {
    const naming = new Naming()
    const [table, other] = [aTable(), aTable()]
    const runs = [
      [table, 0, 5],
      [table, 1, 5],
      [table, 9, 5],
      [table, 9, 5],
      [table, 8, 5],
      [table, 9, 6],
      [other, 10, 6],
      [other, 11, 6],
    ] as const
    expect(runs.map(([on, index, process]) => naming.name(on, index, process))).toEqual([
      1, 1, 1, 2, 3, 4, 5, 5,
    ])
    expect([1, 2, 3, 4, 5].map((run) => naming.processOf(run))).toEqual([5, 5, 5, 6, 6])
  })

  it('remembers the process of every run, however many', () => {
    const naming = new Naming()
    const table = aTable()
    for (let process = 1; process <= 1_000; process += 1) expect(naming.name(table, 1, process)).toBe(process)
    for (let run = 1; run <= 1_000; run += 1) expect(naming.processOf(run)).toBe(run)
  })
})

describe('numbers for names', () => {
  it('go from 1 in the order in which the names come', () => {
    const names = new Names()
    expect(['b', 'a', 'b', '__proto__', 'a'].map((name) => names.numberOf(name))).toEqual([1, 2, 1, 3, 2])
  })
})
