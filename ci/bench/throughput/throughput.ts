import { setTimeout as delay } from 'node:timers/promises'
import type { Bench } from '../figure.ts'
import type { Measured } from './closed-loop.ts'
import { figuresOf, type Round } from './figures.ts'
import { type Places, startPlaces } from './places.ts'

/** All sides in turn, so that a machine that grows busier meanwhile slows all alike; the first round warms everything. */
const roundsTogether = 3
const roundsApart = 5
const clients = 64
/** As many as a worker takes in hand. */
const writers = 128
const wish = { clients, warmUpMs: 700, ms: 3_000 }
const ordersThrough = 4_000
/** Of the first round: so much code and so few orders a round, and the others were warm long before. */
const ordersToWarmUp = 12_000
const storedMsMax = 60_000
/** No further round begins that would, taking as long as the longest one, end later than this after the start. */
const allMsMax = 290_000
/** Client, service, broker, store: a machine for each of them, and all four alike. */
const shareOfEach = 1 / 4

export const throughput: Bench = {
  name: 'throughput',
  what: `orders accepted and stored a second by the service, against the parts of its work alone; ${clients} clients`,
  containers: true,
  async run(tell) {
    const untilMs = performance.now() + allMsMax
    await using places = await startPlaces()
    const play = async (name: string, most: number, round: () => Promise<Round>) => {
      const played: Round[] = []
      let longestMs = 0
      while (played.length < most && performance.now() + longestMs < untilMs) {
        const startedMs = performance.now()
        const each = await round()
        longestMs = Math.max(longestMs, performance.now() - startedMs)
        tell(`  ${name} ${played.length + 1}: ${inWords(each)}`)
        played.push(each)
      }
      return played
    }
    await play('warm-up', 1, () => playTogether(places, ordersToWarmUp))
    const together = await play('together', roundsTogether, () => playTogether(places, ordersThrough))
    await places.limitEach(shareOfEach)
    const apart = await play('apart', roundsApart, () => playRound(places, ordersThrough))
    return figuresOf({ together, apart })
  },
}

async function playTogether(places: Places, through: number): Promise<Round> {
  const round = await playRound(places, through)
  const { stored: storedInOrder } = await sendThrough(places, 'parted', through)
  return { ...round, storedInOrder }
}

async function playRound(places: Places, through: number): Promise<Round> {
  const rawHttp = perSecond(await places.send('raw-http', wish))
  const accepted = perSecond(await places.send('intake', wish))
  const rawConfirm = perSecond(await places.measure('raw-confirm', wish))
  const forgotten = perSecond(await places.send('fire-and-forget', wish))
  await places.purge()
  const rawWrite = perSecond(await places.measure('raw-write', { ...wish, clients: writers }))
  return {
    rawHttp,
    rawConfirm,
    rawWrite,
    accepted,
    forgotten,
    ...(await sendThrough(places, 'whole', through)),
  }
}

const perSecond = ({ done, ms }: Measured) => (done / ms) * 1_000

/** From the first order that is sent to the last one that is stored: accepting and carrying out share the machine. */
async function sendThrough(
  places: Places,
  service: 'whole' | 'parted',
  orders: number,
): Promise<Pick<Round, 'stored' | 'drained'>> {
  const storedUntilNow = () => places.stored(`${service}-worker`)
  const before = await storedUntilNow()
  const startedMs = performance.now()
  await places.send(`${service}-api`, { clients, warmUpMs: 0, ms: storedMsMax, most: orders })
  const accepted = { atMs: performance.now(), stored: (await storedUntilNow()) - before }
  for (;;) {
    const stored = (await storedUntilNow()) - before
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
    await delay(nextLookMs(orders - stored, stored / (nowMs - startedMs)))
  }
}

/** A look costs the worker a millisecond: half of what is left at this rate, so that there are few, and the last is near the end. */
function nextLookMs(left: number, perMs: number): number {
  return Math.min(500, Math.max(20, left / perMs / 2))
}

function inWords(round: Round): string {
  const numbers = Object.entries(round).map(([name, value]) => `${name} ${Math.round(value)}/s`)
  return numbers.join(', ')
}
