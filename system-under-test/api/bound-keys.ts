import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import type { OrderPublisher, PublishOutcome } from '../queue/order-queue.ts'
import type { OrderStore } from '../store/order-store.ts'

export interface BoundKeysOptions {
  readonly publisher: OrderPublisher
  readonly store: Pick<OrderStore, 'read'>
  readonly clock: Clock
  /** How many orders of one key may be on their way from this replica to the store. */
  readonly unfinishedMax: number
  /** How many keys are remembered; who is forgotten begins anew. */
  readonly keysMax: number
}

export interface BoundKeys extends OrderPublisher {
  /** Would the next order of this key be refused for certain? Costs nobody anything. */
  isFull(key: string): boolean
}

// 50 ms between two looks for one key: a lane carries out a few orders meanwhile, and the store has a read for each to do.
const lookEveryMs = 50
// Two wait for the outcome of a look: that is enough for who has a few orders, and takes no room for who has very many.
const hopefulMax = 2
// 60 s: what is neither stored nor followed by something that is by then, is a dead letter, and not on its way.
const forgottenAfterMs = 60_000

interface Waiting {
  readonly orderId: string
  readonly sinceMs: number
}

interface Key {
  /** In the order in which they were published, which is that in which they are carried out. */
  waiting: Waiting[]
  /** The look that goes on just now. */
  look: Promise<void> | undefined
  /** When the last one ended. */
  lookedMs: number
  /** How many wait for it. */
  hopeful: number
}

/**
 * A key's orders are carried out one after the other, so one that sends more than that would fill its partition, and
 * keep the keys beside it waiting. Here it is held to so many that are not finished, and is refused beyond them: others
 * always find room beside it.
 *
 * What is finished is looked up in the store when a key comes to its bound, and then not too often. So a key that sends
 * a few now and then waits for a look now and then, and one that is hot is refused at once for most of what it sends.
 */
export function boundKeys(options: BoundKeysOptions): BoundKeys {
  const { publisher, clock, keysMax } = options
  const keys = new LRUCache<string, Key>({ max: keysMax })
  const keyOf = (name: string): Key => {
    const known = keys.get(name)
    if (known !== undefined) return known
    const key: Key = { waiting: [], look: undefined, lookedMs: Number.NEGATIVE_INFINITY, hopeful: 0 }
    keys.set(name, key)
    return key
  }
  return {
    isFull(name) {
      const key = keyOf(name)
      return isFull(key, options) && !mayHope(key, clock)
    },
    async publish(message, deadlineMs): Promise<PublishOutcome> {
      const key = keyOf(message.key ?? message.orderId)
      if (isFull(key, options) && mayHope(key, clock)) await hope(key, options)
      if (isFull(key, options)) return { kind: 'refused', cause: 'hot-key' }
      const ours = { orderId: message.orderId, sinceMs: clock.nowMs() }
      key.waiting.push(ours)
      const outcome = await publisher.publish(message, deadlineMs)
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

function mayHope({ look, lookedMs, hopeful }: Key, clock: Clock): boolean {
  return hopeful < hopefulMax && (look !== undefined || clock.nowMs() - lookedMs >= lookEveryMs)
}

async function hope(key: Key, options: BoundKeysOptions): Promise<void> {
  key.hopeful += 1
  key.look ??= look(key, options)
  await key.look
  key.hopeful -= 1
}

async function look(key: Key, { clock, store }: BoundKeysOptions): Promise<void> {
  const finished = await finishedOf(key.waiting, store)
  const at = finished === undefined ? -1 : key.waiting.indexOf(finished)
  key.waiting = key.waiting.slice(at + 1)
  key.lookedMs = clock.nowMs()
  key.look = undefined
}

/** The newest that is done: all before it are too, also those that went to the dead letters, where nobody looks. */
async function finishedOf(
  waiting: readonly Waiting[],
  store: BoundKeysOptions['store'],
): Promise<Waiting | undefined> {
  const outcomes = await Promise.all(waiting.map(({ orderId }) => store.read(orderId, 'quorum')))
  // Of an order that is between two steps, or where the store cannot say, nothing is known yet.
  return waiting.findLast((_, at) => {
    const outcome = outcomes[at]
    return outcome?.kind === 'found' && outcome.order.state !== 'reserving'
  })
}
