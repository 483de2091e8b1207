import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { endedByItself, watchedForEnds } from '../history/ends.ts'
import type { FaultLine, HistoryLine } from '../history/line.ts'
import { nothingEndedByItself } from './nothing-ended-by-itself.ts'
import { check } from './to-keep.ts'

const watched: HistoryLine = { kind: 'observation', timeMs: 900, name: watchedForEnds, value: 6 }

const ended = (target: string, timeMs: number, cause?: string): HistoryLine => ({
  kind: 'observation',
  timeMs,
  name: endedByItself,
  value: 137,
  labels: { target, ...(cause === undefined ? {} : { cause }) },
})

const fault = (
  faultKind: string,
  event: FaultLine['event'],
  timeMs: number,
  target = 'api-1',
): HistoryLine => ({
  kind: 'fault',
  timeMs,
  event,
  fault: 'f1',
  faultKind,
  target,
})

const during = (faultKind: string, ...ends: readonly HistoryLine[]) => [
  ...history().submit('a').ok(),
  fault(faultKind, 'injecting', 100),
  fault(faultKind, 'injected', 110),
  fault(faultKind, 'healing', 200),
  fault(faultKind, 'healed', 210),
  ...ends,
  watched,
]

const judged = (lines: Iterable<HistoryLine>) => check(lines, nothingEndedByItself())

describe('nothing that ended by itself', () => {
  it('is a promise that a part breaks which grew until the kernel killed it, or crashed', () => {
    const lines = [...history(), ended('api-1', 1_250, 'out of memory'), ended('worker-2', 2_000), watched]
    expect(judged(lines)).toEqual({
      verdict: 'fail',
      examined: 6,
      counts: { ended: 2, allowed: 0 },
      examples: ['api-1', 'worker-2'],
      reasons: [
        'api-1 ended by itself, out of memory, 1.3 s into the run; ' +
          'worker-2 ended by itself, with exit code 137, 2.0 s into the run',
      ],
    })
  })

  it('is kept by whoever was watched and did not end', () => {
    expect(judged([...history(), watched])).toMatchObject({ verdict: 'pass', examined: 6, reasons: [] })
  })

  it('proves nothing where nobody was watched to the end', () => {
    expect(judged(history())).toMatchObject({
      verdict: 'unknown',
      reasons: ['no container was watched to the end'],
    })
  })

  it('is broken also where the watch itself ended early', () => {
    expect(judged([...history(), ended('api-1', 1_250)])).toMatchObject({ verdict: 'fail', examined: 1 })
  })

  it.each(['memory-limit', 'memory-stress', 'disk-full', 'power-lost'])(
    'allows %s to end its target',
    (kind) => {
      expect(judged(during(kind, ended('api-1', 100), ended('api-1', 210)))).toMatchObject({
        verdict: 'pass',
        counts: { ended: 0, allowed: 2 },
      })
    },
  )

  it('allows it neither before nor after that, nor to another part', () => {
    const ends = [ended('api-1', 99), ended('api-1', 211), ended('api-2', 150)]
    expect(judged(during('memory-limit', ...ends))).toMatchObject({ verdict: 'fail', counts: { ended: 3 } })
  })

  it('allows it to the end of a run in which it was never healed', () => {
    const lines = [...history(), fault('memory-limit', 'injecting', 100), ended('api-1', 5_000), watched]
    expect(judged(lines).verdict).toBe('pass')
  })

  it('allows no other fault to end anything: who asks the Engine for it is not seen here', () => {
    expect(judged(during('container-pause', ended('api-1', 150))).verdict).toBe('fail')
  })
})
