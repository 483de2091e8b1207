import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import type { HistoryLine } from '../history/line.ts'
import { createJudge, judge } from './judge.ts'

function reasons(lines: Iterable<HistoryLine>): readonly string[] {
  const result = judge(lines)
  expect(result.verdict).toBe(result.reasons.length === 0 ? 'pass' : 'unknown')
  return result.reasons
}

const loaded = () => history().submit('a').ok()
const planned = (plan: Parameters<typeof history>[0]) => history(plan).submit('a').ok()

describe('the verdict is unknown', () => {
  it('without an acknowledged submit', () => {
    const none = ['no submit was acknowledged']
    expect(reasons(history().readComplete())).toEqual(none)
    expect(reasons(history().submit('a').info().finalRead(['a']))).toEqual(none)
    expect(reasons(history().submit('a').fail().get('b').ok().readComplete())).toEqual(none)
  })

  it('unless the store was read to its end', () => {
    expect(reasons(loaded())).toEqual(['the store was not read to the end: there is no read-complete'])
    expect(reasons(loaded().found('a').readComplete('store', 2))).toEqual([
      'the store was not read to the end: read-complete says 2 and 1 were read',
    ])
    expect(reasons(loaded().found('a').readComplete('store', 0))).toHaveLength(1)
  })

  it('unless each planned place was read to its end', () => {
    const lines = planned({ plan: { places: ['dead-letter', 'queue'] } }).finalRead(['a'])
    expect(reasons(lines)).toEqual([
      'the dead letters were not read to the end: there is no read-complete',
      'the queue was not read to the end: there is no read-complete',
    ])
  })

  it('but not for a place that nobody planned to read', () => {
    const poison = loaded().submit('b', { expect: 'dead-letter' }).ok().found('b', { place: 'dead-letter' })
    expect(reasons(poison.finalRead(['a']))).toEqual([])
    expect(reasons(loaded().finalRead(['a']).readComplete('queue', 5))).toEqual([])
  })

  it('where a planned fault has no line', () => {
    expect(reasons(planned({ plan: { faults: ['f7'] } }).finalRead(['a']))).toEqual(['fault f7 was not felt'])
  })

  it('where a fault was not felt, be it planned or not', () => {
    const lines = history()
      .fault('injected')
      .submit('a')
      .ok()
      .fault('not-felt')
      .fault('healed')
      .finalRead(['a'])
    expect(reasons(lines)).toEqual(['fault f1 (container-kill on worker-1) was not felt'])
    expect(reasons(loaded().fault('injecting').finalRead(['a']))).toHaveLength(1)
    const renamed = [...lines].map((line) =>
      line.kind === 'fault' && line.event === 'healed' ? { ...line, target: 'worker-2' } : line,
    )
    expect(reasons(renamed)).toEqual(['fault f1 (container-kill on worker-1) was not felt'])
  })

  it('but not where it was felt after it was not', () => {
    const lines = planned({ plan: { faults: ['f1'] } })
    lines
      .fault('injected')
      .submit('b')
      .ok()
      .fault('not-felt')
      .fault('felt')
      .fault('healed')
      .finalRead(['a', 'b'])
    expect(reasons(lines)).toEqual([])
  })

  it('where a fault was injected and not healed, whether or not a heal was tried', () => {
    const expected = ['fault f1 (container-kill on worker-1) was injected and not healed']
    const lines = () => history().fault('injected').fault('felt').submit('a').ok()
    expect(reasons(lines().finalRead(['a']))).toEqual(expected)
    expect(reasons(lines().fault('healing').fault('heal-failed').finalRead(['a']))).toEqual(expected)
    expect(reasons(lines().fault('heal-failed').fault('healed').finalRead(['a']))).toEqual([])
  })

  it('where no submit was invoked while a fault was in, by time and not by order', () => {
    const lines = history()
      .at(10)
      .fault('injected')
      .fault('felt')
      .at(20)
      .fault('healed')
      .at(21)
      .submit('a')
      .ok()
    const idle = [
      'no submit was invoked while fault f1 (container-kill on worker-1) was in, from 10 ms to 20 ms',
    ]
    expect(reasons(lines.finalRead(['a']))).toEqual(idle)
    expect(reasons(lines.at(15).get('a').ok())).toEqual(idle)
    expect(reasons(lines.at(20).submit('a').ok())).toEqual([])
  })

  it('where no submit was invoked in the assault phase', () => {
    const lines = history()
      .at(0)
      .submit('a')
      .ok()
      .at(10)
      .phase('assault')
      .at(20)
      .phase('heal')
      .finalRead(['a'])
    expect(reasons(lines)).toEqual(['no submit was invoked in the assault phase'])
    expect(reasons(lines.at(15).submit('a').ok())).toEqual([])
  })

  it('but not for an assault that has no end mark and was loaded', () => {
    expect(reasons(history().phase('assault').submit('a').ok().finalRead(['a']))).toEqual([])
  })

  it('where more arrivals were dropped than the plan allows', () => {
    const dropping = (max: number) =>
      planned({ plan: { droppedMax: max } })
        .dropped(3)
        .dropped(4)
        .finalRead(['a'])
    expect(reasons(dropping(6))).toEqual(['7 arrivals were dropped, and at most 6 may be'])
    expect(reasons(dropping(7))).toEqual([])
    expect(reasons(loaded().dropped(1_000).finalRead(['a']))).toEqual([])
  })

  it('where the checker of a further promise examined nothing', () => {
    const blind = {
      name: 'blind',
      promise: 'sees nothing',
      begin: () => ({
        see() {},
        end: () => ({ verdict: 'pass', examined: 0, counts: {}, examples: [], reasons: [] }) as const,
      }),
    }
    const inProgress = createJudge([blind])
    for (const line of loaded().finalRead(['a'])) inProgress.see(line)
    const { verdict, promises, result } = inProgress.end()
    expect(verdict).toBe('unknown')
    expect(promises.at(-1)).toMatchObject({
      name: 'blind',
      verdict: 'unknown',
      reasons: ['nothing was examined'],
    })
    expect(result.verdict).toBe('pass')
  })
})

describe('fail outranks unknown', () => {
  it('and the reasons of both are given, those of fail first', () => {
    const result = judge(
      planned({ plan: { faults: ['f1'] } })
        .found('b')
        .readComplete(),
    )
    expect(result.verdict).toBe('fail')
    expect(result.reasons).toEqual([
      '1 acknowledged order is lost',
      '1 phantom: it was never submitted',
      'fault f1 was not felt',
    ])
  })
})
