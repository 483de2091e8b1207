import { describe, expect, it } from 'vitest'
import type { Checker } from '../../../chaos/checkers/checker.ts'
import type { FaultEvent, HistoryLine } from '../../../chaos/history/line.ts'
import { plannedStopsLeaveNothingUnsure } from './planned-stops-leave-nothing-unsure.ts'
import { tellsWhenItIsNotReady } from './tells-when-it-is-not-ready.ts'

function check(checker: Checker, lines: readonly HistoryLine[]) {
  const inProgress = checker.begin()
  for (const line of lines) inProgress.see(line)
  return inProgress.end()
}

const fault = (timeMs: number, event: FaultEvent, faultKind: string, target: string): HistoryLine => ({
  kind: 'fault',
  timeMs,
  event,
  fault: 'f1',
  faultKind,
  target,
})

describe('a planned stop', () => {
  const stop = (timeMs: number) => fault(timeMs, 'injecting', 'container-stop', 'api-1')
  const attempt = (id: string, fromMs: number, type: 'ok' | 'info', toMs: number): HistoryLine[] =>
    [
      { type: 'invoke' as const, timeMs: fromMs },
      { type, timeMs: toMs },
    ].map((own) => ({ kind: 'op', process: 'client/1', action: 'submit', id, attempt: 1, ...own }))

  it('may leave nobody in doubt who had asked before it, in whatever order the lines come', () => {
    const lines = [stop(100), ...attempt('a', 50, 'info', 150), ...attempt('b', 60, 'ok', 150)]
    expect(check(plannedStopsLeaveNothingUnsure, lines)).toMatchObject({
      verdict: 'fail',
      examined: 2,
      examples: ['a'],
    })
  })

  it('is not held to what was asked after it began, or answered before', () => {
    const lines = [
      ...attempt('before', 10, 'info', 20),
      stop(100),
      ...attempt('meanwhile', 90, 'ok', 110),
      ...attempt('after', 120, 'info', 150),
    ]
    expect(check(plannedStopsLeaveNothingUnsure, lines)).toMatchObject({ verdict: 'pass', examined: 1 })
  })

  it('that met nobody proves nothing', () => {
    expect(check(plannedStopsLeaveNothingUnsure, [stop(100)]).verdict).toBe('unknown')
  })
})

describe('readiness', () => {
  const cut = (timeMs: number, event: FaultEvent) => fault(timeMs, event, 'connection-cut', 'api-1->broker')
  const look = (timeMs: number, value: number, replica = 'api-1'): HistoryLine => ({
    kind: 'observation',
    timeMs,
    name: 'ready',
    value,
    labels: { replica },
  })

  it('must not be claimed by a replica that is cut off from the broker', () => {
    const lines = [cut(0, 'injected'), look(2_000, 1), look(3_000, 0)]
    expect(check(tellsWhenItIsNotReady, lines)).toMatchObject({
      verdict: 'fail',
      examined: 2,
      counts: { claims: 1 },
    })
  })

  it('may be claimed by others, before the cut is noticed, and after it is healed', () => {
    const lines = [
      look(0, 1),
      cut(1_000, 'injected'),
      look(1_500, 1),
      look(3_000, 0),
      look(3_000, 1, 'api-2'),
      cut(4_000, 'healing'),
      look(5_000, 1),
    ]
    expect(check(tellsWhenItIsNotReady, lines)).toMatchObject({ verdict: 'pass', examined: 1 })
  })

  it('that nobody looked at while it mattered proves nothing', () => {
    expect(check(tellsWhenItIsNotReady, [cut(0, 'injected')]).verdict).toBe('unknown')
  })
})
