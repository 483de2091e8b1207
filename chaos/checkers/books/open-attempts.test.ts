import { describe, expect, it } from 'vitest'
import { IdIndex } from './id-index.ts'
import { OpenAttempts } from './open-attempts.ts'

const aTable = () => new IdIndex().place('o-1').table

describe('open attempts', () => {
  it('are closed once, by the same process, action, attempt and order', () => {
    const open = new OpenAttempts()
    const [table, other] = [aTable(), new IdIndex().place('x').table]
    open.open(1, 2, 3, table, 4, true)
    for (const wrong of [
      [2, 2, 3, table, 4],
      [1, 1, 3, table, 4],
      [1, 2, 4, table, 4],
      [1, 2, 3, other, 4],
      [1, 2, 3, table, 5],
    ])
      expect(open.close(...(wrong as Parameters<typeof open.close>))).toBe(false)
    expect(open.close(1, 2, 3, table, 4)).toBe(true)
    expect(open.close(1, 2, 3, table, 4)).toBe(false)
    expect(open.abandonedSubmits()).toEqual([])
  })

  it('may be several of one process, and are closed in any order', () => {
    const open = new OpenAttempts()
    const table = aTable()
    for (const index of [1, 2, 3]) open.open(1, 1, 1, table, index, true)
    expect([2, 1, 2, 3, 3].map((index) => open.close(1, 1, 1, table, index))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ])
  })

  it('are abandoned with the file, submits alone, and forgotten then', () => {
    const open = new OpenAttempts()
    const table = aTable()
    open.open(1, 1, 1, table, 1, true)
    open.open(1, 2, 1, table, 2, false)
    open.open(3, 1, 1, table, 3, true)
    open.open(0, 1, 1, table, 4, true)
    expect(open.close(0, 1, 1, table, 4)).toBe(true)
    expect(open.abandonedSubmits().map(({ index }) => index)).toEqual([1, 3])
    expect(open.abandonedSubmits()).toEqual([])
    expect(open.close(1, 1, 1, table, 1)).toBe(false)
    expect(open.close(3, 1, 1, table, 3)).toBe(false)
  })
})
