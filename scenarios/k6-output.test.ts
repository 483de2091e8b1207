import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { OperationLine, TimedLine } from '../chaos/history/line.ts'
import { expandPacked, parsePacked } from '../chaos/history/packed.ts'
import { arrivalDraws, arrivalOf } from './k6/arrival-kind.ts'
import { arrivalText, attemptText, toldLine } from './k6/attempt-text.ts'
import { seedOf } from './k6/chance.ts'
import { submitOutcome } from './k6/outcome.ts'
import { payloadOf } from './k6/payload.ts'
import { beginK6Output } from './k6-output.ts'
import { loadConfigOf } from './load-config.ts'
import { arrivalTimesMs } from './profiles/arrivals.ts'
import { spike } from './profiles/spike.ts'
import { packedLine, readTold, type ToldAttempts } from './told-attempts.ts'

const phases = { warmUpMs: 0, riseMs: 0, fallMs: 0, tailMs: 0 }
const config = loadConfigOf({
  profile: spike({ basePerSecond: 100, peakPerSecond: 100, baseMs: 1_000, holdMs: 1_000, ...phases }),
  runId: 'r1',
  seed: 'output',
  ledgerPrefix: 'r1-',
  runStartedEpochMs: 0,
  apiUrls: ['http://one', 'http://two'],
})
const times = arrivalTimesMs(config.profile)
const ok = submitOutcome({ status: 202, errorCode: 0, body: '', retryAfter: undefined, maySentBefore: false })

/** The line that a virtual user writes for iteration `n`, which began `lateMs` after it was due. */
function told(n: number, lateMs = 0): string {
  const intendedMs = 500 + (times[n] as number)
  const invokeMs = intendedMs + lateMs
  const arrival = arrivalText(n, 'submit', 0, 'ab', intendedMs)
  return toldLine(`k6/${n}`, attemptText(arrival, 1, invokeMs, invokeMs + 5, ok))
}

/** The line of the history for it, where nothing has to be corrected. */
const packed = (line: string) => packedLine(readTold(line) as ToldAttempts)

function read(lines: readonly string[], endedMs: number) {
  const seen: (TimedLine | string)[] = []
  const output = beginK6Output(config, (line) => seen.push(line))
  for (const line of lines) output.line(line)
  return { seen, end: output.end(endedMs) }
}

function operations(lines: readonly (TimedLine | string)[]): readonly OperationLine[] {
  return lines.flatMap((line) => {
    if (typeof line !== 'string' || !line.startsWith('@')) return []
    const packed = parsePacked(line)
    if (typeof packed === 'string') throw new Error(packed)
    return [...expandPacked(packed, 'r1-', 0)].filter((each) => each.kind === 'op')
  })
}

const started = '{"kind":"load-started","timeMs":500}'
const everyone = Array.from({ length: 200 }, (_, n) => told(n))

describe('the output of the load generator', () => {
  it('is handed on with its own times where nothing was dropped and nothing cut', () => {
    const { seen, end } = read([started, ...everyone, '#dropped-so-far {"timeMs":3000,"count":0}'], 3_000)
    expect(seen).toEqual(everyone.map(packed))
    expect(end).toEqual({ dropped: 0, cut: 0, summary: undefined })
  })

  it('keeps lines of history and leaves everything else out', () => {
    const dropped = '{"kind":"dropped","timeMs":900,"count":3}'
    const { seen, end } = read([started, '', 'WARN something', dropped, '#summary {"metrics":{}}'], 0)
    expect(seen).toEqual([dropped])
    expect(end.summary).toEqual({ metrics: {} })
  })

  it('waits with a line until a tick says how many were dropped by then', () => {
    const seen: unknown[] = []
    const output = beginK6Output(config, (line) => seen.push(line))
    for (const line of [started, told(0), told(1)]) output.line(line)
    expect(seen).toEqual([])
    output.line('#dropped-so-far {"timeMs":1000,"count":0}')
    expect(seen).toHaveLength(2)
  })

  it('is read rightly where a later arrival is heard before the first one', () => {
    const { seen, end } = read([told(1), told(2), started, told(0), ...everyone.slice(3)], 3_000)
    expect(seen).toHaveLength(200)
    expect(end.cut).toBe(0)
  })

  it('tells of nothing where the load never began', () => {
    expect(read(['INFO starting'], 60_000)).toEqual({
      seen: [],
      end: { dropped: 0, cut: 0, summary: undefined },
    })
  })

  it('keeps what one client did in its order, packed or not', () => {
    const conflict =
      '{"kind":"op","timeMs":512,"type":"invoke","process":"k6/0","action":"submit","id":"r1-0~conflict"}'
    const { seen } = read([started, told(0), conflict, told(1)], 0)
    expect(seen).toEqual([packed(told(0)), conflict, packed(told(1))])
  })

  it('moves the intended start of what came after a drop', () => {
    // Arrivals 50 to 59 are dropped: iteration 50 is arrival 60, and began 100 ms after what its client believes.
    const lines = everyone.slice(0, 190).map((line, n) => (n < 50 ? line : told(n, 100)))
    const ticks = ['#dropped-so-far {"timeMs":1000,"count":0}', '#dropped-so-far {"timeMs":1150,"count":10}']
    const { seen } = read([started, ...lines, ...ticks, '#dropped-so-far {"timeMs":4000,"count":10}'], 4_000)
    const invokes = operations(seen).filter(({ type }) => type === 'invoke')
    expect(invokes).toHaveLength(190)
    for (const { timeMs, intendedMs } of invokes) expect(intendedMs).toBeCloseTo(timeMs, 1)
  })

  it('takes from the summary what was dropped after the last tick', () => {
    const summary = '#summary {"metrics":{"dropped_iterations":{"values":{"count":10}}}}'
    const ticks = ['#dropped-so-far {"timeMs":2600,"count":7}', summary]
    const { seen, end } = read([started, ...everyone.slice(0, 190), ...ticks], 4_000)
    expect(seen.at(0)).toMatch('@ops')
    expect(seen).toContainEqual({ kind: 'dropped', timeMs: 4_000, count: 3 })
    expect(end).toMatchObject({ dropped: 10, cut: 0 })
  })

  it('tells of every arrival that may have been sent and never told how it ended', () => {
    const lines = everyone.filter((_, n) => n !== 20 && n !== 90)
    const { seen, end } = read([started, ...lines], 3_000)
    expect(end.cut).toBe(2)
    const cut = operations(seen).filter(({ process }) => process === 'k6/cut')
    expect(cut.map(({ type }) => type)).toEqual(['invoke', 'info', 'invoke', 'info'])
    expect(cut[1]).toMatchObject({ error: 'cut at the end of the run', timeMs: 3_000 })
    const { subject, subjectKind, firstAttempt } = arrivalOf(
      arrivalDraws(seedOf('output'), config.profile.mix),
      20,
    )
    const payload = payloadOf(seedOf('output'), subject, subjectKind)
    const digest = createHash('sha256').update(payload).digest('hex').slice(0, 8)
    expect(cut[0]).toMatchObject({ id: `r1-${subject}`, attempt: firstAttempt, digest })
  })

  it('takes a line that a kill tore off as not told', () => {
    const torn = [told(30).slice(0, -6), '{"kind":"op","time', '#dropped-so-far {"ti', '#summary {"met']
    const { seen, end } = read([started, ...everyone.filter((_, n) => n !== 30), ...torn], 3_000)
    expect(end).toMatchObject({ cut: 1, summary: undefined })
    expect(seen).toHaveLength(200)
  })

  it('does not tell of arrivals that were not due when the generator was killed', () => {
    const { end } = read([started, ...everyone.slice(0, 40)], 500 + 500)
    // 50 were due by then, and 40 have told.
    expect(end.cut).toBe(10)
  })
})
