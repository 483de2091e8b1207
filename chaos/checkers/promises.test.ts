import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import type { HistoryLine } from '../history/line.ts'
import { createJudge, judge } from './judge.ts'
import { noLostOrders } from './no-lost-orders.ts'

function outcomeOf(lines: Iterable<HistoryLine>, checkers = [] as Parameters<typeof createJudge>[0]) {
  const inProgress = createJudge(checkers)
  for (const line of lines) inProgress.see(line)
  return inProgress.end()
}

describe('the promises of an outcome', () => {
  it('say how much evidence stood behind each', () => {
    const lines = history().submit('a').ok().submit('b').info().submit('c').fail().submit('d').info()
    const { verdict, promises } = outcomeOf(lines.finalRead(['a', 'b']))
    expect(verdict).toBe('pass')
    expect(promises.map(({ name, verdict, examined, counts }) => [name, verdict, examined, counts])).toEqual([
      ['no-lost-orders', 'pass', 1, { lost: 0 }],
      ['no-duplicated-orders', 'pass', 2, { duplicated: 0 }],
      ['no-phantom-orders', 'pass', 2, { phantom: 0 }],
      ['no-resurrected-orders', 'pass', 2, { resurrected: 0 }],
      ['no-corrupted-orders', 'pass', 2, { corrupted: 0 }],
      ['no-misplaced-orders', 'pass', 2, { misplaced: 0 }],
      ['no-stuck-orders', 'pass', 4, { stuck: 0 }],
      ['enough-evidence', 'pass', 4, {}],
    ])
  })

  it('are unknown, each with its reason, where nothing was seen or not all was read', () => {
    const { verdict, promises } = outcomeOf(history().readComplete())
    expect(verdict).toBe('unknown')
    for (const promise of promises) expect(promise).toMatchObject({ verdict: 'unknown', examined: 0 })
    expect(promises[0]?.reasons).toEqual(['there is no order that it could be seen on'])
    const unread = outcomeOf(history().submit('a').ok().found('a')).promises
    expect(unread[0]).toMatchObject({
      verdict: 'unknown',
      reasons: ['not every planned place was read to its end'],
    })
  })

  it('fail with examples and reasons beside those that are kept', () => {
    const { verdict, result, promises } = outcomeOf(
      history().submit('a').ok().submit('b').ok().finalRead(['b']),
    )
    expect([verdict, result.verdict]).toEqual(['fail', 'fail'])
    expect(promises[0]).toMatchObject({ verdict: 'fail', counts: { lost: 1 }, examples: ['a'] })
    expect(promises[1]).toMatchObject({ verdict: 'pass', examples: [], reasons: [] })
  })

  it('include those handed in, which make the outcome worse and leave the public result alone', () => {
    const failing = {
      name: 'never',
      promise: 'is never kept',
      begin: () => ({
        see() {},
        end: () => ({ verdict: 'fail', examined: 1, counts: {}, examples: [], reasons: ['never'] }) as const,
      }),
    }
    const lines = history().submit('a').ok().finalRead(['a'])
    const { verdict, result, promises } = outcomeOf(lines, [failing, noLostOrders()])
    expect([verdict, result]).toEqual(['fail', judge(lines)])
    expect(promises.slice(-2)).toMatchObject([
      { name: 'never', promise: 'is never kept', verdict: 'fail' },
      { name: 'no-lost-orders', verdict: 'pass' },
    ])
  })

  it('are judged on lines and texts alike, packed ones expanded for those that were handed in', () => {
    const seen: HistoryLine[] = []
    const watching = {
      name: 'watching',
      promise: 'sees every line',
      begin: () => ({
        see: (line: HistoryLine) => seen.push(line),
        end: () => ({ verdict: 'pass', examined: 1, counts: {}, examples: [], reasons: [] }) as const,
      }),
    }
    const inProgress = createJudge([watching])
    const record = Buffer.alloc(28)
    record.set([7, 0, 0, 0, 1, 0, 1, 0, 0x0a])
    inProgress.see(history({ ledgerPrefix: 'o-' }).lines[0] as HistoryLine)
    inProgress.see(`@ops k6/1 ${record.toString('base64')}`)
    inProgress.see(
      '{"kind":"read","timeMs":1,"place":"store","id":"o-7","digest":"0000000a","effects":["e"]}',
    )
    inProgress.see('{"kind":"read-complete","timeMs":1,"place":"store","count":1}')
    expect(inProgress.end().verdict).toBe('pass')
    expect(seen.map((line) => (line.kind === 'op' ? `${line.type} ${line.id}` : line.kind))).toEqual([
      'run',
      'invoke o-7',
      'ok o-7',
      'read',
      'read-complete',
    ])
  })
})

describe('a planned fault', () => {
  it('is described as soon as a line does, and counted once', () => {
    const lines = history({ plan: { faults: ['f1', 'f2'] } })
      .fault('injecting')
      .submit('a')
      .ok()
      .fault('injected')
    const { reasons, faults } = judge(lines.finalRead(['a']))
    expect(reasons).toEqual([
      'fault f1 (container-kill on worker-1) was not felt',
      'fault f1 (container-kill on worker-1) was injected and not healed',
      'fault f2 was not felt',
    ])
    expect(faults).toEqual({ planned: 2, felt: 0, healed: 0 })
  })
})
