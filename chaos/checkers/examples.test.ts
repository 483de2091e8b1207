import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { judge } from './judge.ts'

describe('examples', () => {
  it('are up to ten ids, in the order in which the history first names them', () => {
    const lines = history()
    lines.get('z').ok().found('q')
    for (const id of ['o-12', 'o-3', 'x', 'o-1', 'z', 'o-2', 'y', 'o-11', 'o-4', 'o-5', 'o-6'])
      lines.submit(id).ok()
    const { counts, examples } = judge(lines.readComplete())
    expect(counts.lost).toBe(11)
    expect(examples.lost).toEqual(['z', 'o-12', 'o-3', 'x', 'o-1', 'o-2', 'y', 'o-11', 'o-4', 'o-5'])
    expect(examples.phantom).toEqual(['q'])
  })
})
