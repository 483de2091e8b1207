import type { Clock } from '../clock.ts'
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import { within } from '../resilience/within.ts'
import type { OrderStore } from '../store/order-store.ts'

export interface LookUpOptions {
  readonly store: Pick<OrderStore, 'digestsOf'>
  readonly breaker: CircuitBreaker
  readonly clock: Clock
  readonly timeoutMs: number
}

interface Question {
  readonly orderId: string
  readonly answer: (digest: string | undefined) => void
}

// 64 keys in one question: more would make one slow answer the answer of many.
const batchMax = 64
// Two questions at once keep the store's answers flowing; with what waits beyond four batches, nobody is helped.
const questionsMax = 2
const waitingMax = 4 * batchMax
// 500: a look-up takes the store 0.15 ms of a processor and us half as much, so that these are a tenth of one. Of a
// crowd beyond them, look-ups would take more than the orders themselves, and bring answers that nearly nobody needs:
// where ten times as many come, only each tenth could be asked for, so a tenth as many are.
// Counted anew each second, not a few at every moment: one alone costs as much as a dozen that are asked together.
const perSecondMax = 500

export type LookUp = (orderId: string) => Promise<string | undefined>

/**
 * Is this order stored already, and with which digest? Asks for many at once: while one question is on its way the
 * next ones gather. undefined means "not known": absent, or the store is slow, away or busy, or there are many orders, and
 * then they go on without it: what can be done without is left out first.
 */
export function createLookUp({ store, breaker, clock, timeoutMs }: LookUpOptions): LookUp {
  let waiting: Question[] = []
  let asking = 0
  let secondFromMs = Number.NEGATIVE_INFINITY
  let ofThisSecond = 0
  let mostOfThisSecond = perSecondMax

  function isBeyondTheMost(): boolean {
    const nowMs = clock.nowMs()
    if (nowMs - secondFromMs >= 1_000) {
      const wasCrowd = nowMs - secondFromMs < 2_000 && ofThisSecond > perSecondMax
      mostOfThisSecond = wasCrowd ? perSecondMax ** 2 / ofThisSecond : perSecondMax
      secondFromMs = nowMs
      ofThisSecond = 0
    }
    ofThisSecond += 1
    return ofThisSecond > mostOfThisSecond
  }

  async function ask(questions: readonly Question[], end: NonNullable<ReturnType<CircuitBreaker['enter']>>) {
    const ids = questions.map(({ orderId }) => orderId)
    const outcome = await within(clock, timeoutMs, store.digestsOf(ids))
    end(outcome?.kind === 'found' ? 'success' : 'failure')
    const digests = outcome?.kind === 'found' ? outcome.digests : new Map<string, string>()
    for (const { orderId, answer } of questions) answer(digests.get(orderId))
  }

  async function askAll() {
    asking += 1
    // The first question of a quiet moment waits for its neighbours of the same tick.
    await Promise.resolve()
    while (waiting.length > 0) {
      const questions = waiting.slice(0, batchMax)
      waiting = waiting.slice(batchMax)
      const end = breaker.enter()
      if (end === undefined) for (const { answer } of questions) answer(undefined)
      else await ask(questions, end)
    }
    asking -= 1
  }

  return (orderId) => {
    if (waiting.length >= waitingMax || isBeyondTheMost()) return Promise.resolve(undefined)
    return new Promise((answer) => {
      waiting.push({ orderId, answer })
      if (asking < questionsMax) askAll()
    })
  }
}
