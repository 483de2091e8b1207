import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import type { HistoryLine } from '../history/line.ts'
import { explain } from './explain.ts'

const of = (lines: Iterable<HistoryLine>, id = 'a') => explain(lines, [id])[0]
const texts = (lines: Iterable<HistoryLine>) => of(lines)?.steps.map(({ text }) => text)

describe('a step of an explanation', () => {
  it('says what was sent and what came back', () => {
    const lines = history()
      .submit('a', { process: 'p', digest: 'd', expect: 'dead-letter' })
      .ok({ status: 202 })
      .submit('a', { process: 'p', digest: 'd', expect: 'dead-letter' })
      .info({ error: 'timeout' })
      .get('a', { process: 'p' })
      .fail()
    expect(texts(lines)).toEqual([
      'submit, attempt 1 by p: invoke, digest d, expected in the dead letters',
      'submit, attempt 1 by p: ok, status 202',
      'submit, attempt 2 by p: invoke, digest d, expected in the dead letters',
      'submit, attempt 2 by p: info, error: timeout',
      'get, attempt 1 by p: invoke',
      'get, attempt 1 by p: fail',
    ])
  })

  it('does not say what is expected of every order', () => {
    const lines = history().submit('a', { process: 'p', digest: 'd', expect: 'store' })
    expect(texts(lines)).toEqual(['submit, attempt 1 by p: invoke, digest d'])
  })

  it('says where it was found, and with what', () => {
    const lines = history()
      .found('a', { digest: 'd', effects: ['e', 'f'] })
      .found('a', { digest: 'd', effects: [] })
      .found('a', { digest: 'd', place: 'queue' })
      .found('a', { digest: 'd', place: 'dead-letter', reason: 'poison' })
    expect(texts(lines)).toEqual([
      'found in the store, digest d, effects [e, f]',
      'found in the store, digest d, effects []',
      'found in the queue, digest d',
      'found in the dead letters, digest d, reason poison',
    ])
  })

  it('stands in the last phase that had begun, and in none before the first', () => {
    const lines = history().at(1).get('a').at(2).phase('warm-up').at(2).get('a').at(3).phase('assault')
    lines.at(5).get('a').dropped(1).at(9).phase('heal')
    expect(of(lines)?.steps.map(({ phase }) => phase)).toEqual([undefined, 'warm-up', 'assault'])
  })

  it('names the faults that were in, by their times, from the attempt to inject to the heal', () => {
    const lines = history().at(5).fault('healed').at(1).fault('injecting').at(2).fault('not-felt')
    lines.at(3).fault('injected').at(8).fault('felt', 'f2').fault('injecting', 'f3')
    for (const timeMs of [0.5, 1, 4, 5, 9, 10]) lines.at(timeMs).get('a')
    const one = ['f1 container-kill on worker-1']
    const three = ['f3 container-kill on worker-1']
    expect(of(lines)?.steps.map(({ faults }) => faults)).toEqual([[], one, one, [], three, three])
  })

  it('is there only for the lines of the id', () => {
    const lines = history().submit('a').ok().submit('b').ok().observed('a', 1).finalRead(['a', 'b'])
    expect(of(lines)?.steps.map(({ line }) => line.kind)).toEqual(['op', 'op', 'read'])
  })
})

describe('the end of an id that is explained', () => {
  it('is the best of its attempts', () => {
    const submitted = () => history().submit('a')
    expect(of(submitted().fail())?.end).toBe('fail')
    expect(of(submitted().info())?.end).toBe('info')
    expect(of(submitted())?.end).toBe('info')
    expect(of(submitted().fail().submit('a').info())?.end).toBe('info')
    expect(of(submitted().info().submit('a').ok())?.end).toBe('ok')
  })

  it('is lost only where every planned place was read', () => {
    const lines = (plan: Parameters<typeof history>[0]) => history(plan).submit('a').ok().readComplete()
    expect(of(lines({}))?.classes).toEqual(['lost'])
    expect(of(lines({ plan: { places: ['queue'] } }))?.classes).toEqual([])
    expect(of(lines({ plan: { places: ['queue'] } }).readComplete('queue'))?.classes).toEqual(['lost'])
  })
})
