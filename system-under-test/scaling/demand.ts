import type { Clock } from '../clock.ts'
import type { Demand } from './recommend.ts'

/** What a broker says of the queue of orders at one moment. */
export interface QueueReading {
  /** Orders that wait, and those in somebody's hands, who do not. */
  readonly ready: number
  readonly inHands: number
  /** How many were ever published to it; falls only when the broker has forgotten its counts. */
  readonly publishedTotal: number
}

/** The port to the broker's statistics. */
export interface QueueGauge {
  /** Rejects while nobody can say: an old number is never handed on as a new one. */
  read(): Promise<QueueReading>
}

interface Reading extends QueueReading {
  readonly atMs: number
}

const unknown: Demand = { backlog: undefined, oldestAgeMs: undefined, arrivalsPerSecond: undefined }
/** 3 s: the broker's own statistics are a second old, and two of them make a rate. */
const rateOverMs = 3_000
/** 120 s: an order that is older asks for all the workers that there may be anyhow. */
const rememberMs = 120_000
/** After so long without a reading, nobody can say when what waits came in: the past begins anew. */
const blindMs = 2 * rateOverMs

/**
 * Turns readings of a queue into what waits in it. The queue is first in, first out: of `p` published orders of which `r`
 * are ready, the oldest that waits is number `p - r + 1`, and it is as old as the moment at which the counter passed that
 * number. Orders in hands do not wait: a broker tells of them seconds late, and one of them is no reason for anything. Rate and age begin with what was seen by this process without a gap: no order is older than that.
 */
export function createDemand(gauge: QueueGauge, clock: Clock): () => Promise<Demand> {
  let past: readonly Reading[] = []
  return async () => {
    const reading = await gauge.read().catch(() => undefined)
    if (reading === undefined) return unknown
    const now = { ...reading, atMs: clock.nowMs() }
    past = [
      ...(follows(past.at(-1), now) ? past.filter(({ atMs }) => atMs >= now.atMs - rememberMs) : []),
      now,
    ]
    return {
      backlog: now.ready + now.inHands,
      oldestAgeMs: ageOf(past, now),
      arrivalsPerSecond: rateOf(past, now),
    }
  }
}

function follows(last: Reading | undefined, now: Reading): boolean {
  if (last === undefined) return false
  return now.publishedTotal >= last.publishedTotal && now.atMs - last.atMs <= blindMs
}

function ageOf(past: readonly Reading[], now: Reading): number {
  if (now.ready === 0) return 0
  const gone = now.publishedTotal - now.ready
  const passed = past.findIndex(({ publishedTotal }) => publishedTotal > gone)
  const before = past[Math.max(0, passed - 1)] ?? now
  return now.atMs - before.atMs
}

function rateOf(past: readonly Reading[], now: Reading): number | undefined {
  const before = past.findLast(({ atMs }) => atMs <= now.atMs - rateOverMs) ?? past[0]
  if (before === undefined || before.atMs === now.atMs) return undefined
  return ((now.publishedTotal - before.publishedTotal) / (now.atMs - before.atMs)) * 1_000
}
