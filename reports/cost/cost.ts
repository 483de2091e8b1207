import { z } from 'zod'
import type { RunData } from '../aggregate/run-data.ts'

/** `prices.json` beside this file, which anyone may edit. Unknown names are refused: a typo must not be a price. */
export const pricesSchema = z.strictObject({
  about: z.string(),
  currency: z.string().min(1),
  replicaHour: z.number().min(0),
  millionMessages: z.number().min(0),
  storedGbMonth: z.number().min(0),
  /** How long an order is kept. */
  storedMonths: z.number().min(0),
  orderBytes: z.number().min(0),
  functionMillionRequests: z.number().min(0),
  functionGbSecond: z.number().min(0),
  /** Memory of one function. */
  functionGb: z.number().positive(),
  /** Replicas beyond what the load needs, in each way that has any: 1.25 is a quarter more. */
  headroom: z.number().min(1),
})

export type Prices = z.infer<typeof pricesSchema>

export interface Costs {
  readonly ordersAccepted: number
  readonly peakPerSecond: number
  readonly averagePerSecond: number
  /** The most that one API replica was seen to accept in a bin; it may carry more. */
  readonly carriedPerReplica: number
  readonly ways: readonly Way[]
}

export interface Way {
  readonly name: string
  readonly how: string
  /** Of what computes, for a million accepted orders of this load. */
  readonly computing: number
  /** Computing, messages and storage together. */
  readonly total: number
}

const million = 1_000_000
const hourMs = 3_600_000
// An order is a message twice: once published, once delivered.
const messagesAnOrder = 2

/** What a million orders would cost if all the load were like this run's; undefined where nothing was accepted. */
export function estimateCosts(data: RunData, prices: Prices): Costs | undefined {
  const loaded = data.rates.delivered.filter((count) => count > 0)
  const accepted = data.total.ok
  if (loaded.length === 0 || accepted === 0) return undefined
  const seconds = data.binMs / 1_000
  const arrivals = loaded.reduce((sum, count) => sum + count)
  const carried = Math.max(...data.rates.ok) / seconds / replicasSeen(data)
  const replicasFor = (count: number) => Math.max(1, Math.ceil((count * prices.headroom) / seconds / carried))
  const peak = loaded.reduce((most, count) => Math.max(most, count))
  const hours = (replicas: number) => (replicas * data.binMs) / hourMs
  const fixed = hours(replicasFor(peak) * loaded.length) * prices.replicaHour
  const scaled = loaded.reduce((sum, count) => sum + hours(replicasFor(count)), 0)
  const serviceSeconds = (data.total.serviceMs.p50 ?? 0) / 1_000
  const functions =
    (arrivals / million) * prices.functionMillionRequests +
    arrivals * serviceSeconds * prices.functionGb * prices.functionGbSecond
  const storedGb = (million * prices.orderBytes) / 1e9
  const beside =
    messagesAnOrder * prices.millionMessages + storedGb * prices.storedGbMonth * prices.storedMonths
  const way = (name: string, how: string, price: number): Way => {
    const computing = (price / accepted) * million
    return { name, how, computing, total: computing + beside }
  }
  return {
    ordersAccepted: accepted,
    peakPerSecond: peak / seconds,
    averagePerSecond: arrivals / loaded.length / seconds,
    carriedPerReplica: carried,
    ways: [
      way(
        'fixed for the peak',
        `${replicasFor(peak)} replica${replicasFor(peak) === 1 ? '' : 's'} all the time`,
        fixed,
      ),
      way('auto-scaled', 'replicas follow the load at once', scaled * prices.replicaHour),
      way('functions', 'nothing runs while nothing arrives; each order pays its time', functions),
    ],
  }
}

/** API replicas that ever answered, as their readings say; one where there are no readings. */
function replicasSeen({ observations }: RunData): number {
  const api = observations.filter(({ name }) => /^answering \{.*replica=api\b/.test(name))
  return Math.max(1, api.filter(({ values }) => values.some((value) => value === 1)).length)
}
