import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import type { OrderPublisher, PublishOutcome } from '../queue/order-queue.ts'
import type { LookUp } from './look-up.ts'

export interface BoundKeysOptions {
  readonly publisher: OrderPublisher
  /** Is it stored? undefined also where the store cannot say. */
  readonly lookUp: LookUp
  readonly clock: Clock
  /** How many orders of one key may be on their way from this replica to the store. */
  readonly unfinishedMax: number
  /** How many keys are remembered; who is forgotten begins anew. */
  readonly keysMax: number
}

// 50 ms between two looks for one key: a lane carries out a few orders meanwhile, and the store has four reads to do.
const lookEveryMs = 50
// 60 s: what is neither stored nor followed by something that is by then, is a dead letter, and not on its way.
const forgottenAfterMs = 60_000

interface Waiting {
  readonly orderId: string
  readonly sinceMs: number
}

interface Key {
  /** In the order in which they were published, which is that in which they are carried out. */
  waiting: Waiting[]
  looking: Promise<void> | undefined
  lookedMs: number
}

/**
 * A key's orders are carried out one after the other, so one that sends more than that would fill its partition, and
 * keep the keys beside it waiting. Here it is held to so many that are not finished, and is refused beyond them: the others
 * wait behind so many at most. Nobody is asked about a key that stays below its bound.
 *
 * What is finished is found out by looking at a few of them in the store: where one is stored, all before it are done.
 */
export function boundKeys(options: BoundKeysOptions): OrderPublisher {
  const keys = new LRUCache<string, Key>({ max: options.keysMax })
  const keyOf = (name: string): Key => {
    const known = keys.get(name)
    if (known !== undefined) return known
    const key: Key = { waiting: [], looking: undefined, lookedMs: Number.NEGATIVE_INFINITY }
    keys.set(name, key)
    return key
  }
  return {
    async publish(message, deadlineMs): Promise<PublishOutcome> {
      const key = keyOf(message.key ?? message.orderId)
      if (isFull(key, options)) await look(key, options)
      if (isFull(key, options)) return { kind: 'refused', cause: 'hot-key' }
      const ours = { orderId: message.orderId, sinceMs: options.clock.nowMs() }
      key.waiting.push(ours)
      const outcome = await options.publisher.publish(message, deadlineMs)
      if (outcome.kind === 'refused') key.waiting = key.waiting.filter((each) => each !== ours)
      return outcome
    },
  }
}

function isFull(key: Key, { clock, unfinishedMax }: BoundKeysOptions): boolean {
  if (key.waiting.length < unfinishedMax) return false
  const fromMs = clock.nowMs() - forgottenAfterMs
  key.waiting = key.waiting.filter(({ sinceMs }) => sinceMs > fromMs)
  return key.waiting.length >= unfinishedMax
}

/** One look at a time, and not too often; all who come meanwhile wait for it. */
async function look(key: Key, { clock, lookUp }: BoundKeysOptions): Promise<void> {
  if (key.looking === undefined && clock.nowMs() - key.lookedMs >= lookEveryMs) {
    key.lookedMs = clock.nowMs()
    key.looking = forgetFinished(key, lookUp).finally(() => {
      key.looking = undefined
    })
  }
  await key.looking
}

async function forgetFinished(key: Key, lookUp: LookUp): Promise<void> {
  const { waiting } = key
  const looks = [0, 1 / 4, 1 / 2, 3 / 4].map(
    (share) => waiting[Math.floor(waiting.length * share)] as Waiting,
  )
  const stored = await Promise.all(
    looks.map(async (each) => ((await lookUp(each.orderId)) === undefined ? undefined : each)),
  )
  const newest = stored.findLast((each) => each !== undefined)
  if (newest !== undefined) key.waiting = key.waiting.slice(key.waiting.indexOf(newest) + 1)
}
