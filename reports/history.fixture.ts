import type { HistoryLine, ObservationLine } from '../chaos/history/line.ts'
import { randomFrom } from '../chaos/kernel/random.ts'

export interface SpikeSketch {
  readonly basePerSecond?: number
  readonly peakPerSecond?: number
  readonly seed?: string
  /** Ids that nobody finds at the end, though they were acknowledged. */
  readonly lost?: readonly string[]
}

/**
 * The history of a spike like that of {@link recordFixture}: base, rise, hold, tail from 10 s to 70 s, a worker that
 * is killed at 30 s, a backlog that fills and drains. Made of arithmetic; it looks like a run, it is none.
 */
export function* spikeHistory(sketch: SpikeSketch = {}): Generator<HistoryLine> {
  const { basePerSecond = 20, peakPerSecond = 100, seed = '8f3a' } = sketch
  const random = randomFrom(seed)
  yield {
    kind: 'run',
    format: 'seawall-history',
    version: 1,
    runId: '2026-11-24T06-30-00Z-8f3a',
    experiment: 'spike',
    seed,
    startedAt: '2026-11-24T06:30:00.000Z',
  }
  yield { kind: 'phase', timeMs: 0, phase: 'gate' }
  yield { kind: 'phase', timeMs: 10_000, phase: 'assault' }
  let backlog = 0
  let number = 0
  for (let second = 10; second < 90; second += 1) {
    const load = second < 70 ? rateAt(second - 10, basePerSecond, peakPerSecond) : 0
    yield* faultLinesAt(second)
    for (let arrival = 0; arrival < load; arrival += 1) {
      number += 1
      yield* orderLines(`o-${number}`, second * 1_000 + (arrival * 1_000) / load, backlog, random.next())
    }
    const drain = peakPerSecond * (second >= 30 && second < 35 ? 0.2 : 0.6)
    backlog = Math.max(0, backlog + load - drain)
    yield* readings(second * 1_000 + 500, backlog, second)
  }
  yield { kind: 'phase', timeMs: 90_000, phase: 'final-read' }
  yield* finalRead(number, sketch.lost ?? [])
}

function rateAt(second: number, base: number, peak: number): number {
  if (second < 10) return base
  if (second < 15) return base + ((peak - base) * (second - 10)) / 5
  return second < 35 ? peak : base
}

function* orderLines(id: string, atMs: number, backlog: number, chance: number): Generator<HistoryLine> {
  const common = { kind: 'op', process: 'k6/1', action: 'submit', id, attempt: 1 } as const
  const stalled = atMs >= 30_000 && atMs < 31_400
  const responseMs = stalled ? 31_500 - atMs : 3 + chance ** 8 * 300 + backlog / 20
  yield { ...common, type: 'invoke', timeMs: atMs + chance, intendedMs: atMs, digest: 'aa' }
  if (stalled && chance < 0.1) yield { ...common, type: 'info', timeMs: atMs + 10_000, error: 'timeout' }
  else if (backlog > 800 && chance < 0.2) yield { ...common, type: 'fail', timeMs: atMs + 2, status: 429 }
  else yield { ...common, type: 'ok', timeMs: atMs + responseMs, status: 202 }
}

function* faultLinesAt(second: number): Generator<HistoryLine> {
  const common = { kind: 'fault', fault: 'f1', faultKind: 'container-kill', target: 'worker-1' } as const
  if (second === 30) {
    yield { ...common, timeMs: 30_010, event: 'injecting' }
    yield { ...common, timeMs: 30_050, event: 'injected' }
    yield { ...common, timeMs: 30_120, event: 'felt', evidence: 'exit code 137; no answer for 1.2 s' }
  }
  if (second === 34) yield { ...common, timeMs: 34_400, event: 'healed' }
}

function* readings(timeMs: number, backlog: number, second: number): Generator<ObservationLine> {
  const isDown = second >= 30 && second < 35
  const reading = (name: string, value: number, labels?: Record<string, string>) =>
    ({ kind: 'observation', timeMs, name, value, ...(labels === undefined ? {} : { labels }) }) as const
  yield reading('queue-depth', Math.round(backlog))
  yield reading('unacknowledged', Math.min(Math.round(backlog), 256))
  yield reading('replicas', isDown ? 1 : 2, { role: 'worker' })
  yield reading('breaker-open', isDown ? 1 : 0, { link: 'worker-2->store' })
  yield reading('memory-bytes', 185e6 + backlog * 2_000, { container: 'broker' })
  yield reading('memory-bytes', isDown ? 0 : 120e6 + second * 1e5, { container: 'worker-1' })
}

function* finalRead(orders: number, lost: readonly string[]): Generator<HistoryLine> {
  let count = 0
  for (let number = 1; number <= orders; number += 1) {
    const id = `o-${number}`
    if (lost.includes(id)) continue
    count += 1
    yield { kind: 'read', timeMs: 90_001, place: 'store', id, digest: 'aa', effects: [`e-${number}`] }
  }
  yield { kind: 'read-complete', timeMs: 92_000, place: 'store', count }
}
