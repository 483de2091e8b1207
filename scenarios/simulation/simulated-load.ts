import { createHash } from 'node:crypto'
import type { Random } from '../../chaos/kernel/random.ts'
import type { LoadTimeline } from '../../chaos/system.ts'
import { type Client, clientOf, customerOf } from '../k6/client-of.ts'
import { arrivalTimesMs } from '../profiles/arrivals.ts'
import type { JourneyMix, LoadProfile } from '../profiles/load-profile.ts'
import { timelineOf } from '../profiles/timeline.ts'

/** What a simulated client does with its arrivals; shares are fractions of the orders. */
export interface SimulatedLoad {
  /** Arrivals exactly as k6 would place them; without it, `orders` spread at random over `overMs`. */
  readonly profile?: LoadProfile
  readonly orders: number
  readonly overMs: number
  /** The same key and payload once more, some time later. */
  readonly repeatShare: number
  /** The same key and payload at the same time, to another replica. */
  readonly doubleShare: number
  readonly poisonShare: number
  readonly invalidShare: number
  readonly largeShare: number
  /** The key of a stored order with another payload. */
  readonly conflictShare: number
  /** Read again and again, at each replica in turn, from when it is stored; none if left out. */
  readonly readShare?: number
  readonly attemptsMax: number
  /** Without it nobody has a name. */
  readonly clients?: JourneyMix['clients']
  readonly timeoutMs: number
}

export const everydayLoad: SimulatedLoad = {
  orders: 240,
  overMs: 6_000,
  repeatShare: 0.1,
  doubleShare: 0.05,
  poisonShare: 0.02,
  invalidShare: 0.02,
  largeShare: 0.01,
  conflictShare: 0.02,
  attemptsMax: 4,
  timeoutMs: 3_000,
}

export const arrivalKinds = ['fresh', 'poison', 'invalid', 'large'] as const
export type ArrivalKind = (typeof arrivalKinds)[number]

export interface Arrival {
  readonly atMs: number
  readonly number: number
  readonly kind: ArrivalKind
  readonly payload: string
  readonly digest: string
  /** When the same is sent again, after the arrival; undefined if not. */
  readonly repeatAfterMs: number | undefined
  readonly isDoubled: boolean
  readonly hasConflict: boolean
  readonly isReadBack: boolean
  /** Who sends it, where clients have names. */
  readonly client: Client | undefined
}

/** All arrivals of a run, in their order, spread at random over its time. Pure. */
export function planArrivals(load: SimulatedLoad, random: Random): Arrival[] {
  const clientSeed = load.clients === undefined ? 0 : random.integer(0, 0xffff_ffff)
  return timesOf(load, random).map((atMs, number) => {
    const kind = kindFor(load, random.next())
    const payload = payloadOf(kind, number, random, customerOf(clientSeed, number, load))
    const isOrder = kind === 'fresh' || kind === 'large'
    return {
      atMs,
      number,
      kind,
      payload,
      digest: digestOf(payload),
      repeatAfterMs: isOrder && random.next() < load.repeatShare ? 50 + random.next() * 3_000 : undefined,
      isDoubled: isOrder && random.next() < load.doubleShare,
      isReadBack: isOrder && load.readShare !== undefined && random.next() < load.readShare,
      client: clientOf(clientSeed, number, load),
      hasConflict: isOrder && random.next() < load.conflictShare,
    }
  })
}

function timesOf({ profile, orders, overMs }: SimulatedLoad, random: Random): number[] {
  if (profile !== undefined) return [...arrivalTimesMs(profile)]
  return Array.from({ length: orders }, () => random.next() * overMs).sort((a, b) => a - b)
}

/** The load as the harness knows it before it is played. */
export function timelineFor({ profile, orders, overMs }: SimulatedLoad): LoadTimeline {
  if (profile !== undefined) return timelineOf(profile)
  const inside = (ms: number) => Math.min(overMs, Math.max(0, ms))
  return {
    description: `${orders} orders at random times of ${overMs / 1_000} s`,
    durationMs: overMs,
    phases: [{ name: 'even', fromMs: 0, toMs: overMs }],
    arrivalsBetween: (fromMs, toMs) => (Math.max(0, inside(toMs) - inside(fromMs)) * orders) / overMs,
  }
}

function kindFor(load: SimulatedLoad, draw: number): ArrivalKind {
  if (draw < load.poisonShare) return 'poison'
  if (draw < load.poisonShare + load.invalidShare) return 'invalid'
  if (draw < load.poisonShare + load.invalidShare + load.largeShare) return 'large'
  return 'fresh'
}

// 30,000 characters of three bytes each: more than the 64 KiB at which careless buffers end.
const largeNote = '注文をお願いします。'.repeat(3_000)

function payloadOf(kind: ArrivalKind, number: number, random: Random, customer: string | undefined): string {
  const item = { sku: kind === 'poison' ? `unknown-${number}` : `sku-${random.integer(1, 500)}`, quantity: 1 }
  const drawn = `customer-${random.integer(1, 40)}`
  const order = { customer: customer ?? drawn, items: [item] }
  if (kind === 'large') return JSON.stringify({ ...order, note: largeNote })
  if (kind === 'invalid') return number % 2 === 0 ? '{"customer":' : JSON.stringify({ ...order, items: [] })
  return JSON.stringify(order)
}

/** Another payload for the key of an order that is stored: it must never take the first one's place. */
export function conflictingPayload(arrival: Arrival): string {
  return JSON.stringify({
    customer: 'somebody-else',
    items: [{ sku: 'sku-0', quantity: 1 + (arrival.number % 9) }],
  })
}

export function digestOf(payload: string): string {
  return createHash('sha256').update(payload, 'utf8').digest('hex').slice(0, 8)
}
