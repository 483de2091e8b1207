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

export interface BoundKeys extends OrderPublisher {
  /** Has this key so much that is not finished that its next order would be refused? Costs nobody anything. */
  isFull(key: string): boolean
}

// 50 ms between two looks for one key: a lane carries out a few orders meanwhile, and the store has five reads to do.
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
  isLooking: boolean
  lookedMs: number
}

/**
 * A key's orders are carried out one after the other, so one that sends more than that would fill its partition, and
 * keep the keys beside it waiting. Here it is held to so many that are not finished, and is refused beyond them: the others
 * wait behind so many at most. Nobody is asked about a key that stays below its bound.
 *
 * What is finished is found out in the store, meanwhile: who comes to a full key is refused at once, and does not wait for it.
 */
export function boundKeys(options: BoundKeysOptions): BoundKeys {
  const { publisher, clock, keysMax } = options
  const keys = new LRUCache<string, Key>({ max: keysMax })
  const keyOf = (name: string): Key => {
    const key = keys.get(name) ?? { waiting: [], isLooking: false, lookedMs: Number.NEGATIVE_INFINITY }
    keys.set(name, key)
    return key
  }
  return {
    isFull: (name) => isFull(keyOf(name), options),
    async publish(message, deadlineMs): Promise<PublishOutcome> {
      const key = keyOf(message.key ?? message.orderId)
      if (isFull(key, options)) return { kind: 'refused', cause: 'hot-key' }
      const ours = { orderId: message.orderId, sinceMs: clock.nowMs() }
      key.waiting.push(ours)
      const outcome = await publisher.publish(message, deadlineMs)
      if (outcome.kind === 'refused') key.waiting = key.waiting.filter((each) => each !== ours)
      return outcome
    },
  }
}

function isFull(key: Key, options: BoundKeysOptions): boolean {
  const { clock, unfinishedMax } = options
  if (key.waiting.length < unfinishedMax) return false
  const fromMs = clock.nowMs() - forgottenAfterMs
  key.waiting = key.waiting.filter(({ sinceMs }) => sinceMs > fromMs)
  if (key.waiting.length < unfinishedMax) return false
  look(key, options)
  return true
}

/** One look at a time, and not too often. */
async function look(key: Key, { clock, lookUp }: BoundKeysOptions): Promise<void> {
  if (key.isLooking || clock.nowMs() - key.lookedMs < lookEveryMs) return
  key.isLooking = true
  key.lookedMs = clock.nowMs()
  const finished = await finishedOf(key.waiting, lookUp)
  const at = finished === undefined ? -1 : key.waiting.indexOf(finished)
  key.waiting = key.waiting.slice(at + 1)
  key.isLooking = false
}

/**
 * The newest that is stored, by halves: all before one that is stored are done, also those that went to the dead letters.
 * One of these that is hit upon itself counts as not done yet, which is put right by a later look.
 */
async function finishedOf(waiting: readonly Waiting[], lookUp: LookUp): Promise<Waiting | undefined> {
  let done = -1
  let open = waiting.length
  while (open - done > 1) {
    const middle = (done + open) >> 1
    const isStored = (await lookUp((waiting[middle] as Waiting).orderId)) !== undefined
    if (isStored) done = middle
    else open = middle
  }
  return waiting[done]
}
