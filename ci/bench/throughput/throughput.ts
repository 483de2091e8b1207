import { setTimeout as delay } from 'node:timers/promises'
import type { Bench, Figure } from '../figure.ts'
import type { Measured } from './closed-loop.ts'
import { type Places, startPlaces } from './places.ts'

/** All sides in turn, so that a machine that grows busier meanwhile slows all alike; the first round warms everything. */
const rounds = 5
const clients = 64
/** As many as a worker takes in hand. */
const writers = 128
const wish = { clients, warmUpMs: 700, ms: 3_000 }
const ordersThrough = 4_000
/** Of the first round: so much code and so few orders a round, and the others were warm long before. */
const ordersToWarmUp = 12_000
const storedMsMax = 60_000
/** No further round begins that would, taking as long as the longest one, end later than this after the start. */
const allMsMax = 165_000

/** Orders (or what stands for one) a second. */
interface Round {
  readonly rawHttp: number
  readonly rawConfirm: number
  readonly rawWrite: number
  readonly accepted: number
  readonly stored: number
  /** Of those that were still to be stored when the last one was accepted: nobody sends meanwhile. */
  readonly drained: number
  readonly forgotten: number
}

export const throughput: Bench = {
  name: 'throughput',
  what: `orders accepted and stored a second by the service, against the parts of its work alone; ${clients} clients`,
  containers: true,
  async run(tell) {
    const untilMs = performance.now() + allMsMax
    await using places = await startPlaces()
    tell(`  warm-up: ${inWords(await playRound(places, ordersToWarmUp))}`)
    const played: Round[] = []
    let longestMs = 0
    while (played.length < rounds && performance.now() + longestMs < untilMs) {
      const startedMs = performance.now()
      const round = await playRound(places)
      longestMs = Math.max(longestMs, performance.now() - startedMs)
      tell(`  round ${played.length + 1}: ${inWords(round)}`)
      played.push(round)
    }
    return figuresOf(played)
  },
}

async function playRound(places: Places, through = ordersThrough): Promise<Round> {
  const rawHttp = perSecond(await places.send('raw-http', wish))
  const accepted = perSecond(await places.send('intake', wish))
  const rawConfirm = perSecond(await places.measure('raw-confirm', wish))
  const forgotten = perSecond(await places.send('fire-and-forget', wish))
  await places.purge()
  const rawWrite = perSecond(await places.measure('raw-write', { ...wish, clients: writers }))
  return { rawHttp, rawConfirm, rawWrite, accepted, forgotten, ...(await sendThrough(places, through)) }
}

const perSecond = ({ done, ms }: Measured) => (done / ms) * 1_000

/** From the first order that is sent to the last one that is stored: accepting and carrying out share the machine. */
async function sendThrough(places: Places, orders: number): Promise<Pick<Round, 'stored' | 'drained'>> {
  const before = await places.stored()
  const startedMs = performance.now()
  await places.send('whole-api', { clients, warmUpMs: 0, ms: storedMsMax, most: orders })
  const accepted = { atMs: performance.now(), stored: (await places.stored()) - before }
  for (;;) {
    const stored = (await places.stored()) - before
    const nowMs = performance.now()
    if (stored >= orders) {
      return {
        stored: perSecond({ done: stored, ms: nowMs - startedMs }),
        drained: perSecond({ done: stored - accepted.stored, ms: nowMs - accepted.atMs }),
      }
    }
    if (nowMs - startedMs > storedMsMax) {
      throw new Error(`${stored} of ${orders} orders were stored within ${storedMsMax / 1_000} s`)
    }
    // 50 ms: a look costs the worker one.
    await delay(50)
  }
}

/**
 * Three figures have limits. The other two say how much of what is missing is ours: client, service, broker and store
 * share two processors, and each of the parts alone has both for itself. An order needs its parts one after the other,
 * so that a service that adds nothing to them, and makes none of them cheaper, would accept 1 / (1 / HTTP + 1 / confirm)
 * a second. Beyond 1 it would make them cheaper.
 */
export function figuresOf(played: readonly Round[]): readonly Figure[] {
  const ratio = (of: (round: Round) => number) => median(played.map(of))
  return [
    {
      name: 'accepted / the slower of HTTP alone and a confirm alone',
      value: ratio(({ accepted, rawHttp, rawConfirm }) => accepted / Math.min(rawHttp, rawConfirm)),
      unit: '×',
      atLeast: 0.75,
    },
    {
      name: 'accepted / HTTP alone and then a confirm alone',
      value: ratio(({ accepted, rawHttp, rawConfirm }) => accepted / inTurn(rawHttp, rawConfirm)),
      unit: '×',
      why: 'on processors that all parts share, 1 is a service that costs nothing of its own',
    },
    {
      name: 'stored / the slower of a confirm alone and a conditional write alone',
      value: ratio(({ stored, rawConfirm, rawWrite }) => stored / Math.min(rawConfirm, rawWrite)),
      unit: '×',
      atLeast: 0.7,
    },
    {
      name: 'stored / HTTP alone, then a confirm alone, then a conditional write alone',
      value: ratio(
        ({ stored, rawHttp, rawConfirm, rawWrite }) => stored / inTurn(rawHttp, rawConfirm, rawWrite),
      ),
      unit: '×',
      why: 'as above, and of the way from the queue to the store nothing is counted',
    },
    {
      name: 'accepted / fire and forget into a classic queue',
      value: ratio(({ accepted, forgotten }) => accepted / forgotten),
      unit: '×',
      atLeast: 0.7,
    },
  ]
}

/** How often a second can be done, one after the other, what alone can be done so often. */
function inTurn(...perSeconds: readonly number[]): number {
  return 1 / perSeconds.reduce((seconds, perSecond) => seconds + 1 / perSecond, 0)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function inWords(round: Round): string {
  const numbers = Object.entries(round).map(([name, value]) => `${name} ${Math.round(value)}/s`)
  return numbers.join(', ')
}
