import { describe, expect, it } from 'vitest'
import type { Checker } from '../../../chaos/checkers/checker.ts'
import type { FaultEvent, HistoryLine, OperationLine } from '../../../chaos/history/line.ts'
import { leaksNoConnection } from './leaks-no-connection.ts'
import { plannedRestartsLeaveNothingUnsure } from './planned-restarts-leave-nothing-unsure.ts'
import { wastesAtMost } from './wasted-work.ts'

function check(checker: Checker, lines: readonly HistoryLine[]) {
  const inProgress = checker.begin()
  for (const line of lines) inProgress.see(line)
  return inProgress.end()
}

const stop = (event: FaultEvent): HistoryLine => ({
  kind: 'fault',
  timeMs: 0,
  event,
  fault: 'f1',
  faultKind: 'process-stop',
  target: 'api-1',
})
const end = (type: 'ok' | 'info', id: string): HistoryLine => ({
  kind: 'op',
  timeMs: 0,
  type,
  process: 'client/1',
  action: 'submit',
  id,
  attempt: 1,
})

describe('planned restarts', () => {
  it('may leave nobody in doubt while they last', () => {
    const lines = [stop('injecting'), end('ok', 'a'), end('info', 'b'), stop('healed'), end('info', 'c')]
    expect(check(plannedRestartsLeaveNothingUnsure, lines)).toMatchObject({
      verdict: 'fail',
      examined: 2,
      examples: ['b'],
    })
  })

  it('are kept when every answer that came meanwhile was a clear one', () => {
    const lines = [end('info', 'before'), stop('injecting'), end('ok', 'a'), stop('healed')]
    expect(check(plannedRestartsLeaveNothingUnsure, lines)).toMatchObject({ verdict: 'pass', examined: 1 })
  })

  it('examine nothing where nothing was restarted, which is no pass', () => {
    expect(check(plannedRestartsLeaveNothingUnsure, [end('info', 'a')]).examined).toBe(0)
  })
})

describe('connections to the broker', () => {
  const connections = (value: number): HistoryLine => ({
    kind: 'observation',
    timeMs: 0,
    name: 'connections',
    value,
  })

  it('are leaked when there are more at the end than at first, however many there were between', () => {
    expect(check(leaksNoConnection, [6, 2, 8].map(connections))).toMatchObject({
      verdict: 'fail',
      counts: { leaked: 2 },
    })
    expect(check(leaksNoConnection, [6, 12, 6].map(connections)).verdict).toBe('pass')
  })

  it('examine nothing where nobody counted', () => {
    expect(check(leaksNoConnection, []).examined).toBe(0)
  })
})

describe('wasted work', () => {
  const stored = (id: string): HistoryLine => ({
    kind: 'read',
    timeMs: 9,
    place: 'store',
    id,
    digest: 'd',
    effects: ['e'],
  })
  const left = ['a', 'b', 'c', 'd'].map((id) => end('info', id))

  it('is what was carried out for callers who had no answer', () => {
    expect(check(wastesAtMost(0.25), [...left, stored('a'), stored('b')])).toEqual({
      verdict: 'fail',
      examined: 4,
      counts: { wasted: 2 },
      examples: ['a', 'b'],
      reasons: ['2 of 4 orders were carried out though their callers had left'],
    })
    expect(check(wastesAtMost(0.25), [...left, stored('a')])).toMatchObject({
      verdict: 'pass',
      counts: { wasted: 1 },
      examples: [],
      reasons: [],
    })
  })

  it('is nothing that was answered once, found elsewhere, or never left', () => {
    const dead: HistoryLine = { kind: 'read', timeMs: 9, place: 'dead-letter', id: 'b', digest: 'd' }
    const get: HistoryLine = { ...(end('info', 'x') as OperationLine), action: 'get' }
    const lines = [...left, end('ok', 'a'), stored('a'), dead, get, stored('x'), end('ok', 'y'), stored('y')]
    expect(check(wastesAtMost(0), lines)).toMatchObject({ verdict: 'pass', examined: 3 })
  })
})
