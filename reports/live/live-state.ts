import { attemptBytes } from '../../chaos/history/ledger-layout.ts'
import type { FaultLine, ObservationLine, TimedLine } from '../../chaos/history/line.ts'
import { parseLine } from '../../chaos/history/parse-line.ts'
import { Arrivals, type Attempt, attemptAt, OpenAttempts } from '../aggregate/attempts.ts'
import { bucketOf, latencyBuckets, quantileMs } from '../aggregate/latency.ts'
import { type Ending, endingOf } from '../aggregate/tally.ts'

/** What a live view shows of one moment. Rates are a second, over the last whole seconds that were seen. */
export interface LiveSnapshot {
  readonly timeMs: number
  readonly phase: string | undefined
  readonly rates: Readonly<Record<Ending | 'delivered' | 'dropped', number>>
  readonly p99Ms: number | undefined
  /** Since the run began. */
  readonly totals: Readonly<Record<Ending | 'delivered' | 'dropped', number>>
  /** The newest reading of each name and labels. */
  readonly readings: readonly Reading[]
  readonly faults: readonly LiveFault[]
}

export interface Reading {
  readonly name: string
  readonly label: string
  readonly value: number
}

export interface LiveFault {
  readonly fault: string
  readonly kind: string
  readonly target: string
  readonly state: 'coming' | 'in' | 'felt' | 'healed' | 'heal failed'
  readonly sinceMs: number
}

// Batches of the load generator come up to a second late: the newest seconds are not whole yet.
const unripeSeconds = 2
const windowSeconds = 3
const keptSeconds = windowSeconds + unripeSeconds + 3

interface Second {
  readonly counts: Record<Ending | 'delivered' | 'dropped', number>
  readonly latency: Uint32Array
}

/** Follows a run as its lines come; keeps a few seconds and the totals, however long the run is. */
export class LiveState {
  readonly #seconds = new Map<number, Second>()
  readonly #totals = emptyCounts()
  readonly #open = new OpenAttempts()
  readonly #arrivals = new Arrivals()
  readonly #readings = new Map<string, Reading>()
  readonly #faults = new Map<string, LiveFault>()
  #phase: string | undefined
  #newestSecond = 0

  /** A line, or its text: JSON, or a packed line of the ledger. What is no line is passed over. */
  see(line: TimedLine | string): void {
    const parsed = typeof line === 'string' ? parseLine(line) : line
    if (parsed.kind === '@ops') {
      for (let at = 0; at < parsed.records.length; at += attemptBytes) this.#attempt(attemptAt(parsed, at))
    } else if (parsed.kind === 'op') {
      const whole = this.#open.see(parsed)
      if (whole !== undefined) this.#attempt(whole)
    } else if (parsed.kind === 'dropped') this.#count('dropped', parsed.timeMs, parsed.count)
    else if (parsed.kind === 'fault') this.#fault(parsed)
    else if (parsed.kind === 'observation') this.#reading(parsed)
    else if (parsed.kind === 'phase') this.#phase = parsed.phase
  }

  snapshot(timeMs: number): LiveSnapshot {
    const last = Math.floor(timeMs / 1_000) - unripeSeconds
    const rates = emptyCounts()
    const latency = new Uint32Array(latencyBuckets)
    for (let second = last - windowSeconds + 1; second <= last; second += 1) {
      const seen = this.#seconds.get(second)
      if (seen === undefined) continue
      for (const name of countNames) rates[name] += seen.counts[name] / windowSeconds
      seen.latency.forEach((count, bucket) => {
        latency[bucket] = (latency[bucket] ?? 0) + count
      })
    }
    return {
      timeMs,
      phase: this.#phase,
      rates,
      p99Ms: quantileMs(latency, 0.99),
      totals: { ...this.#totals },
      readings: [...this.#readings.values()],
      faults: [...this.#faults.values()],
    }
  }

  #attempt(attempt: Attempt): void {
    const { invokeMs, intendedMs = invokeMs, answer } = attempt
    if (this.#arrivals.begins(attempt)) this.#count('delivered', intendedMs, 1)
    if (attempt.action !== 'submit') return
    const ending = answer === undefined ? 'unsure' : endingOf(answer.type, answer.status)
    const answeredMs = answer?.timeMs ?? invokeMs
    const second = this.#count(ending, answeredMs, 1)
    const bucket = bucketOf(answeredMs - intendedMs)
    if (ending === 'ok' && second !== undefined) second.latency[bucket] = (second.latency[bucket] ?? 0) + 1
  }

  /** undefined for a second that is gone from view already; its count is in the totals all the same. */
  #count(name: keyof Second['counts'], timeMs: number, count: number): Second | undefined {
    this.#totals[name] += count
    const second = Math.floor(timeMs / 1_000)
    this.#newestSecond = Math.max(this.#newestSecond, second)
    if (second <= this.#newestSecond - keptSeconds) return undefined
    for (const old of this.#seconds.keys())
      if (old <= this.#newestSecond - keptSeconds) this.#seconds.delete(old)
    const seen = this.#seconds.get(second) ?? {
      counts: emptyCounts(),
      latency: new Uint32Array(latencyBuckets),
    }
    this.#seconds.set(second, seen)
    seen.counts[name] += count
    return seen
  }

  #reading({ name, labels = {}, value }: ObservationLine): void {
    const label = Object.values(labels).join(' ')
    this.#readings.set(`${name} ${label}`, { name, label, value })
  }

  #fault({ event, fault, faultKind: kind, target, timeMs }: FaultLine): void {
    const state = faultStates[event]
    if (state !== undefined) this.#faults.set(fault, { fault, kind, target, state, sinceMs: timeMs })
  }
}

const faultStates: Readonly<Record<FaultLine['event'], LiveFault['state'] | undefined>> = {
  injecting: 'coming',
  injected: 'in',
  felt: 'felt',
  'not-felt': undefined,
  healing: undefined,
  healed: 'healed',
  'heal-failed': 'heal failed',
}

const countNames = ['delivered', 'dropped', 'ok', 'shed', 'refused', 'unsure'] as const

function emptyCounts(): Second['counts'] {
  return { delivered: 0, dropped: 0, ok: 0, shed: 0, refused: 0, unsure: 0 }
}
