import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { createFileJudge, createJudge } from './judge.ts'
import { noStuckOrders } from './no-stuck-orders.ts'
import { check } from './to-keep.ts'

const text = (lines: Iterable<object>) => [...lines].map((line) => JSON.stringify(line)).join('\n')

describe('several files of one run', () => {
  it('are planned by all of them, with the least that may be dropped', () => {
    for (const limits of [
      [3, 9],
      [9, 3],
    ]) {
      const judge = createFileJudge()
      for (const droppedMax of limits) {
        judge.beginFile(`at most ${droppedMax}`)
        for (const line of history({ plan: { droppedMax } }).dropped(2)) judge.see(line)
        judge.endFile()
      }
      expect(judge.end().result.reasons).toContain('4 arrivals were dropped, and at most 3 may be')
    }
  })

  it('are each refused by name and line, from line 1 on', () => {
    const judge = createFileJudge()
    judge.beginFile('first')
    judge.seeLines(Buffer.from(text(history().submit('a').ok())))
    judge.endFile()
    judge.beginFile('second')
    expect(() => judge.endFile()).toThrow('second, line 1: expected a first line of kind run')
    judge.beginFile('third')
    judge.seeLines(Buffer.from(text(history().submit('b'))))
    expect(() => judge.seeUnterminated('{"kind":1}')).toThrow('third, line 3: expected `kind`')
  })

  it('of which one was not ended are ended with the last', () => {
    const judge = createFileJudge()
    judge.beginFile('first')
    for (const line of history().submit('a').ok()) judge.see(line)
    judge.endFile()
    judge.beginFile('second')
    for (const line of history().submit('b').finalRead(['a'])) judge.see(line)
    expect(judge.end().result.counts).toMatchObject({ acknowledged: 1, unsure: 1 })
  })

  it('may end in an empty line, but in no line after one', () => {
    const judge = createFileJudge()
    judge.beginFile('a test')
    judge.seeLines(Buffer.from(`${text(history())}\n`))
    expect(() => judge.seeUnterminated('{')).toThrow(
      'a test, line 2: expected a line of the history, got an empty',
    )
  })

  it('name the line that a plain line breaks a rule in', () => {
    const judge = createFileJudge()
    judge.beginFile('a test')
    const run = history().submit('o-1', { digest: '0000000a' })
    const again = history().submit('o-1', { digest: '0000000a' }).lines.slice(1)
    expect(() => judge.seeLines(Buffer.from(text([...run, ...again])))).toThrow(
      'a test, line 3: expected one invoke',
    )
  })
})

describe('a promise that was handed in', () => {
  const promising = (verdict: 'pass' | 'fail' | 'unknown', examined: number) => {
    const judge = createJudge([
      {
        name: 'n',
        promise: 'p',
        begin: () => ({
          see() {},
          end: () => ({ verdict, examined, counts: {}, examples: [], reasons: ['said'] }),
        }),
      },
    ])
    for (const line of history()) judge.see(line)
    return judge.end().promises.at(-1)
  }

  it('is unknown for want of evidence only where it would have been kept', () => {
    expect(promising('pass', 0)).toMatchObject({
      verdict: 'unknown',
      reasons: ['said', 'nothing was examined'],
    })
    expect(promising('pass', 1)).toMatchObject({ verdict: 'pass', reasons: ['said'] })
    expect(promising('fail', 0)).toMatchObject({ verdict: 'fail', reasons: ['said'] })
    expect(promising('unknown', 0)).toMatchObject({ verdict: 'unknown', reasons: ['said'] })
  })

  it('of an empty queue has for evidence what was asked for, and what is somewhere', () => {
    const lines = history().submit('a').fail().get('stranger').ok().found('phantom').readComplete()
    expect(check(lines, noStuckOrders())).toMatchObject({ verdict: 'pass', examined: 2 })
    expect(check(history().get('a').ok().readComplete(), noStuckOrders())).toMatchObject({ examined: 0 })
  })
})

describe('a fault that is named twice', () => {
  it('keeps what was seen of it, and its first words', () => {
    const run = history({ plan: { faults: ['f1'] } })
      .submit('a')
      .ok()
    run.fault('felt').fault('injected').submit('b').ok().fault('healed')
    const lines = [...run.finalRead(['a', 'b'])].map((line) =>
      line.kind === 'fault' && line.event === 'healed' ? { ...line, target: 'worker-2' } : line,
    )
    const judge = createJudge()
    for (const line of lines) judge.see(line)
    expect(judge.end().result).toMatchObject({ verdict: 'pass', faults: { planned: 1, felt: 1, healed: 1 } })
  })
})
