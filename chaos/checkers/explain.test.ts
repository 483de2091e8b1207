import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { explain } from './explain.ts'

describe('an explanation', () => {
  it('has all that happened to the id, in the order of time, with phase and faults', () => {
    const lines = history()
      .at(5)
      .found('a', { place: 'dead-letter', reason: 'poison' })
      .at(0)
      .phase('assault')
    lines
      .submit('a', { digest: 'd', process: 'k6/1' })
      .fault('injecting')
      .fault('injected')
      .fault('injected', 'f2')
    lines.at(4).fail({ status: 503, error: 'other' }).submit('b').ok().at(4.5).fault('healed', 'f2')
    const [a] = explain(lines, ['a'])
    expect(a).toMatchObject({ id: 'a', end: 'fail', classes: ['resurrected', 'corrupted'] })
    expect(a?.steps.map(({ timeMs, text, phase, faults }) => [timeMs, text, phase, faults])).toEqual([
      [1, 'submit, attempt 1 by k6/1: invoke, digest d', 'assault', []],
      [
        4,
        'submit, attempt 1 by k6/1: fail, status 503, error: other',
        'assault',
        ['f1 container-kill on worker-1', 'f2 container-kill on worker-1'],
      ],
      [
        5,
        'found in the dead letters, digest digest of a, reason poison',
        'assault',
        ['f1 container-kill on worker-1'],
      ],
    ])
  })

  it('names the classes as the judge of the whole history does', () => {
    const lines = () =>
      history().submit('a').ok().submit('b', { expect: 'dead-letter' }).info().submit('c').ok()
    const [a, b] = explain(lines().finalRead(['b', 'c']), ['a', 'b'])
    expect([a?.classes, b?.classes]).toEqual([['lost'], ['misplaced']])
    const [unread] = explain(lines().found('c'), ['a'])
    expect(unread).toMatchObject({ end: 'ok', classes: [] })
  })

  it('keeps the order of the ids that were asked for, and says of a stranger that nothing is known', () => {
    const lines = history().get('a').ok().finalRead([])
    expect(explain(lines, ['x', 'a'])).toMatchObject([
      { id: 'x', end: 'never-invoked', classes: [], steps: [] },
      { id: 'a', end: 'never-invoked', steps: [{ text: 'get, attempt 1 by client of a: invoke' }, {}] },
    ])
    expect(explain(lines, [])).toEqual([])
  })
})
