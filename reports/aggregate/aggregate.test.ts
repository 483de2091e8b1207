import { describe, expect, it } from 'vitest'
import { attemptBytes } from '../../chaos/history/ledger-layout.ts'
import type { HistoryLine } from '../../chaos/history/line.ts'
import { recordFixture } from '../record.fixture.ts'
import { Aggregate } from './aggregate.ts'
import { attempt, write } from './attempts.fixture.ts'
import type { RunData } from './run-data.ts'

const load = recordFixture().load

function aggregate(lines: readonly HistoryLine[], options?: { widthMs?: number; binsMax?: number }): RunData {
  const all = new Aggregate(load, options)
  for (const line of lines) all.see(line)
  return all.end()
}

describe('the aggregate of a history', () => {
  it('is empty for a history without operations', () => {
    const data = aggregate([{ kind: 'phase', timeMs: 5, phase: 'gate' }])
    expect(data).toMatchObject({
      bins: 0,
      total: { delivered: 0, responseMs: {} },
      phases: [{ phase: 'gate' }],
    })
  })

  it('counts arrivals by their intended start and answers by their time', () => {
    const data = aggregate(attempt({ at: 1_400, intended: 900, after: 700 }))
    expect(data.rates.delivered).toEqual([1, 0, 0])
    expect(data.rates.attempts).toEqual([0, 1, 0])
    expect(data.rates.ok).toEqual([0, 0, 1])
  })

  it('measures response time from the intended start, and service time from sending', () => {
    const { total } = aggregate(attempt({ at: 1_400, intended: 400, after: 10 }))
    expect(total.responseMs.p99).toBeGreaterThan(1_000)
    expect(total.responseMs.p99).toBeLessThan(1_021)
    expect(total.serviceMs.p99).toBeLessThan(10.2)
  })

  it('tells shed from refused from unsure', () => {
    const { total } = aggregate([
      ...attempt({ id: 'a', at: 1, after: 1, type: 'fail', status: 429 }),
      ...attempt({ id: 'b', at: 2, after: 1, type: 'fail', status: 503 }),
      ...attempt({ id: 'c', at: 3, after: 1, type: 'fail', status: 400 }),
      ...attempt({ id: 'd', at: 4, after: 1, type: 'info' }),
      ...attempt({ id: 'e', at: 5 }),
    ])
    expect(total).toMatchObject({ delivered: 5, ok: 0, shed: 2, refused: 1, unsure: 2 })
    expect(total.responseMs).toEqual({})
  })

  it('counts a retry as an attempt, not as an arrival', () => {
    const { total } = aggregate([
      ...attempt({ at: 100, after: 1, type: 'info' }),
      ...attempt({ at: 200, intended: 100, attempt: 2, after: 1 }),
    ])
    expect(total).toMatchObject({ delivered: 1, attempts: 2, ok: 1, unsure: 1 })
  })

  it('counts a repeat of an earlier key as an arrival of its own', () => {
    const { total } = aggregate([
      ...attempt({ at: 100, after: 1 }),
      ...attempt({ at: 200, attempt: 101, after: 1 }),
    ])
    expect(total).toMatchObject({ delivered: 2, attempts: 2, ok: 2 })
  })

  it('counts a repeat of a key that failed before as an arrival, since it was planned for another time', () => {
    const { total } = aggregate([
      ...attempt({ at: 100, after: 1, type: 'info' }),
      ...attempt({ at: 900, attempt: 101, after: 1 }),
    ])
    expect(total).toMatchObject({ delivered: 2, attempts: 2 })
  })

  it('counts a read of what was just written as part of the same arrival, and its answer not at all', () => {
    const get = { kind: 'op', process: 'k6/1', action: 'get', id: 'o-1', attempt: 1 } as const
    const { total } = aggregate([
      ...attempt({ at: 100, after: 1 }),
      { ...get, type: 'invoke', timeMs: 150, intendedMs: 100 },
      { ...get, type: 'ok', timeMs: 900, status: 200 },
    ])
    expect(total).toMatchObject({ delivered: 1, attempts: 1, ok: 1 })
    expect(total.responseMs.p99).toBeLessThan(2)
  })

  it('counts what a process adds without an intended start as part of its arrival', () => {
    const added = { kind: 'op', process: 'k6/1', action: 'submit', id: 'o-1~conflict', attempt: 1 } as const
    const lines: HistoryLine[] = [
      { ...added, type: 'invoke', timeMs: 150, digest: 'bb' },
      { ...added, type: 'fail', timeMs: 160, status: 409 },
    ]
    const own = attempt({ at: 100, after: 1 })
    // In a file it may stand before its arrival: those come in batches.
    for (const { total } of [aggregate([...own, ...lines]), aggregate([...lines, ...own])]) {
      expect(total).toMatchObject({ delivered: 1, attempts: 2, ok: 1, refused: 1 })
    }
  })

  it('takes every first attempt for an arrival where nobody says when it was planned', () => {
    const common = { kind: 'op', process: 'p', action: 'submit', digest: 'aa', type: 'invoke' } as const
    const { total } = aggregate([
      { ...common, id: 'a', attempt: 1, timeMs: 1 },
      { ...common, id: 'a', attempt: 2, timeMs: 2 },
      { ...common, id: 'b', attempt: 1, timeMs: 3 },
    ])
    expect(total).toMatchObject({ delivered: 2, attempts: 3, unsure: 3 })
  })

  it('sees the same in packed lines as in JSON lines', () => {
    const records = Buffer.alloc(attemptBytes * 2)
    write(records, 0, {
      n: 7,
      outcome: 3,
      attempt: 1,
      intended: 100,
      invoke: 110,
      completion: 900,
      status: 0,
    })
    write(records, 1, {
      n: 7,
      outcome: 1,
      attempt: 2,
      intended: 100,
      invoke: 1_200,
      completion: 1_500,
      status: 202,
    })
    const packed = new Aggregate(load)
    packed.packed({ kind: '@ops', process: 'k6/1', records })
    expect(packed.end()).toEqual(
      aggregate([
        ...attempt({ at: 110, intended: 100, after: 790, type: 'info' }),
        ...attempt({ at: 1_200, intended: 100, attempt: 2, after: 300, status: 202 }),
      ]),
    )
  })

  it('gives each phase of the load its own figures, dropped arrivals included', () => {
    const { loadPhases } = aggregate([
      ...attempt({ id: 'a', at: 10_500, after: 3 }),
      ...attempt({ id: 'b', at: 26_000, after: 3 }),
      { kind: 'dropped', timeMs: 26_500, count: 7 },
    ])
    expect(loadPhases.map(({ name, delivered, dropped }) => [name, delivered, dropped])).toEqual([
      ['base', 1, 0],
      ['rise', 0, 0],
      ['hold', 1, 7],
      ['tail', 0, 0],
    ])
  })

  it('keeps sums exact and bins few when a run is long', () => {
    const lines = Array.from({ length: 500 }, (_, second) =>
      attempt({ id: `o-${second}`, at: second * 1_000, after: 5 }),
    )
    const data = aggregate(lines.flat(), { binsMax: 16 })
    expect(data.bins).toBeLessThanOrEqual(16)
    expect(data.binMs).toBe(32_000)
    expect(data.rates.ok.reduce((sum, count) => sum + count)).toBe(500)
    expect(data.responseMs.p50.every((value) => value !== null && value > 4.9 && value < 5.1)).toBe(true)
  })

  it('shows the highest backlog and the fewest replicas of a bin', () => {
    const reading = (timeMs: number, name: string, value: number) =>
      ({ kind: 'observation', timeMs, name, value }) as const
    const data = aggregate([
      reading(0, 'queue-depth', 5),
      reading(500, 'queue-depth', 50),
      reading(2_000, 'queue-depth', 1),
      reading(0, 'replicas', 2),
      reading(500, 'replicas', 1),
    ])
    expect(data.observations).toEqual([
      { name: 'queue-depth', values: [50, null, 1] },
      { name: 'replicas', values: [1, null, null] },
    ])
  })

  it('draws faults from what was seen, not from what was planned', () => {
    const event = (event: 'injecting' | 'injected' | 'not-felt' | 'healed', timeMs: number) =>
      ({ kind: 'fault', event, timeMs, fault: 'f1', faultKind: 'noop', target: 'worker-1' }) as const
    const data = aggregate([
      event('injecting', 10),
      event('injected', 12),
      event('not-felt', 99),
      event('healed', 100),
    ])
    expect(data.faults).toEqual([
      expect.objectContaining({ fault: 'f1', injectingMs: 10, injectedMs: 12, healedMs: 100, felt: false }),
    ])
    expect(data.faults[0]).not.toHaveProperty('feltMs')
  })

  it('spreads response times over the phases in the heat map', () => {
    const { heat } = aggregate([
      ...attempt({ id: 'a', at: 10_500, after: 3 }),
      ...attempt({ id: 'b', at: 26_000, after: 30 }),
    ])
    expect(heat.phases).toEqual(['base', 'rise', 'hold', 'tail'])
    expect(heat.rows.map(({ fromMs, counts }) => [fromMs, ...counts])).toEqual([
      [2, 1, 0, 0, 0],
      [5, 0, 0, 0, 0],
      [10, 0, 0, 0, 0],
      [20, 0, 0, 1, 0],
    ])
  })
})
