import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { attemptBytes } from '../../chaos/history/ledger-layout.ts'
import type { FaultLine, OperationLine } from '../../chaos/history/line.ts'
import { spikeHistory } from '../history.fixture.ts'
import { type LiveTitle, liveLines, plainLine } from '../render/live-terminal.ts'
import { LiveState } from './live-state.ts'
import { openLiveView } from './live-view.ts'

const title: LiveTitle = { experiment: 'spike', seed: '8f3a', askedAt: () => 100, faultsPlanned: 1 }
const options = { columns: 80, color: false }

function order(live: LiveState, id: string, atMs: number, end: Partial<OperationLine> = {}): void {
  const common = { kind: 'op', process: 'k6/1', action: 'submit', id, attempt: 1 } as const
  live.see({ ...common, type: 'invoke', timeMs: atMs, intendedMs: atMs, digest: '0' })
  live.see({ ...common, type: 'ok', timeMs: atMs + 40, ...end })
}

function fault(live: LiveState, event: FaultLine['event'], timeMs: number, target = 'a->b'): void {
  live.see({ kind: 'fault', event, timeMs, fault: 'f1', faultKind: 'latency', target })
}

describe('the live state of a run', () => {
  it('has the rates and times of the last whole seconds, and the totals of all', () => {
    const live = new LiveState()
    for (let n = 0; n < 100; n += 1) order(live, `old-${n}`, n)
    for (let n = 0; n < 30; n += 1)
      order(live, `new-${n}`, 60_000 + n * 90, n < 3 ? { type: 'fail', status: 503 } : {})
    order(live, 'last', 64_100)
    const { rates, totals, p99Ms } = live.snapshot(64_500)
    expect(rates.delivered).toBeCloseTo(10)
    expect(rates.ok).toBeCloseTo(9)
    expect(rates.shed).toBeCloseTo(1)
    expect(p99Ms).toBeGreaterThan(39)
    expect(p99Ms).toBeLessThan(41)
    expect(totals).toMatchObject({ delivered: 131, ok: 128, shed: 3 })
  })

  it('reads packed lines as they come from the load generator, and passes over what is no line', () => {
    const live = new LiveState()
    const record = Buffer.alloc(attemptBytes)
    record.writeUInt8(1, 4)
    record.writeUInt8(1, 6)
    live.see(`@ops k6/1 ${record.toString('base64')}`)
    live.see('level=info msg="warming up"')
    expect(live.snapshot(0).totals).toMatchObject({ delivered: 1, ok: 1 })
  })

  it('keeps few seconds however long a run is', () => {
    const live = new LiveState()
    for (const line of spikeHistory()) if (line.kind !== 'run') live.see(line)
    expect(live.snapshot(90_000).totals.delivered).toBeGreaterThan(2_000)
    order(live, 'late', 10_000)
    expect(live.snapshot(90_000).rates.ok).toBe(0)
  })
})

describe('the live view on a terminal', () => {
  it('shows a fault from its injection until it is healed', () => {
    const live = new LiveState()
    const faults = () => liveLines(title, live.snapshot(3_000), options)[4]
    expect(faults()).toContain('none yet')
    fault(live, 'injected', 1_000)
    expect(faults()).toContain('f1 latency on a->b: in, 2 s')
    fault(live, 'felt', 2_000)
    expect(faults()).toContain('f1 latency on a->b: felt, 1 s')
    fault(live, 'healed', 2_500)
    expect(faults()).toContain('none in, 1 healed')
  })

  it('names what does not answer and which breakers are not closed', () => {
    const live = new LiveState()
    const reading = (name: string, value: number, replica?: string) =>
      live.see({ kind: 'observation', timeMs: 1, name, value, ...(replica ? { labels: { replica } } : {}) })
    reading('queue-depth', 8_123)
    reading('answering', 0, 'worker-1')
    reading('answering', 1, 'worker-2')
    reading('breaker-state', 2, 'api-1')
    expect(liveLines(title, live.snapshot(1), { columns: 200, color: false })[3]).toBe(
      '  backlog   8,123 queued, 0 in hand, 0 dead letters, not answering: worker-1, breaker not closed: api-1',
    )
  })

  it('counts the workers that an autoscaler keeps, and who runs the new version', () => {
    const live = new LiveState()
    for (const [name, value] of Object.entries({ workers: 6, 'workers-ready': 4, 'new-replicas': 1 })) {
      live.see({ kind: 'observation', timeMs: 1, name, value })
    }
    const [, , , backlog] = liveLines(title, live.snapshot(1), { columns: 200, color: false })
    expect(backlog).toContain('0 dead letters, 4 of 6 workers ready, new version in 1')
  })

  it('keeps to the width, always to six lines, and lets no name move the cursor', () => {
    const live = new LiveState()
    fault(live, 'felt', 1, '\u001b[2Jboo')
    const lines = liveLines(title, live.snapshot(1_000), { columns: 40, color: false })
    expect(lines).toHaveLength(6)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40)
    expect(lines.join('')).not.toContain('\u001b')
    expect(plainLine(title, live.snapshot(1_000))).not.toMatch(/\p{Cc}/u)
  })
})

describe('the live view while a run goes', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function view(isTerminal: boolean) {
    const written: string[] = []
    const opened = openLiveView({
      ...title,
      isTerminal,
      color: false,
      write: (text) => written.push(text),
      columns: () => 80,
      elapsedMs: () => 1_000,
    })
    return { opened, written }
  }

  it('draws twice a second over its own lines, lets progress stand above, and goes away at the end', () => {
    const { opened, written } = view(true)
    vi.advanceTimersByTime(2_000)
    expect(written).toEqual([])
    opened.see({ kind: 'phase', timeMs: 1, phase: 'assault' })
    vi.advanceTimersByTime(1_000)
    expect(written).toHaveLength(2)
    expect(written[1]?.startsWith('\u001b[6A')).toBe(true)
    opened.say('heal')
    expect(written.slice(2)).toEqual(['\u001b[6A\u001b[J', 'heal\n'])
    opened[Symbol.dispose]()
    vi.advanceTimersByTime(2_000)
    expect(written).toHaveLength(4)
  })

  it('writes a plain line now and then where nobody looks', () => {
    const { opened, written } = view(false)
    opened.see({ kind: 'phase', timeMs: 1, phase: 'assault' })
    vi.advanceTimersByTime(20_000)
    expect(written).toHaveLength(2)
    expect(written[0]).toMatch(/^1 s assault: .*\n$/)
    opened[Symbol.dispose]()
  })
})
