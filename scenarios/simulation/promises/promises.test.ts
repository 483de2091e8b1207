import { describe, expect, it } from 'vitest'
import type { Checker } from '../../../chaos/checkers/checker.ts'
import type { FaultEvent, HistoryLine } from '../../../chaos/history/line.ts'
import { leaksNoConnection } from './leaks-no-connection.ts'
import { plannedRestartsLeaveNothingUnsure } from './planned-restarts-leave-nothing-unsure.ts'

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
