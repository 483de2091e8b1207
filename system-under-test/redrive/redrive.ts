import type { Clock } from '../clock.ts'
import type { Broker, ConsumerChannel, Delivery } from '../queue/broker.ts'
import type { OrderPublisher } from '../queue/order-queue.ts'
import { deadLetterQueue, type QueueLayout } from '../queue/queue-layout.ts'
import { type DeadLetter, type DeadLetterFilter, deadLetterOf, matches } from './dead-letter.ts'

export interface RedriveOptions {
  readonly broker: Broker
  readonly layout: QueueLayout
  readonly publisher: OrderPublisher
  readonly clock: Clock
  readonly filter: DeadLetterFilter
  readonly perSecond: number
  /** How many dead letters are looked at. */
  readonly countMax: number
  readonly dryRun: boolean
  readonly signal?: AbortSignal
  /** Called for each dead letter that matches, as it is dealt with. */
  readonly tell?: (letter: DeadLetter, end: RedriveEnd) => void
}

/** `redriven`: in the queue again. `kept`: still a dead letter. `doubtful`: both, perhaps; harmless. */
export type RedriveEnd = 'would be redriven' | 'redriven' | 'kept' | 'doubtful'

export interface RedriveReport {
  readonly seen: number
  readonly matched: number
  readonly ends: Readonly<Partial<Record<RedriveEnd, number>>>
  readonly reasons: Readonly<Record<string, number>>
}

// 1 s without another one: the queue has been read to its end.
const quietMs = 1_000
const publishTimeoutMs = 5_000

/**
 * Sends dead letters to the workers again, one by one and no faster than asked: published and confirmed first, gone
 * from the dead letters after it. Whatever ends it in the middle leaves a letter in one place or in both, never in none, and
 * an order that was carried out meanwhile is not carried out again: so it may be repeated at will. An order that comes back
 * to the dead letters during the redrive is left there.
 */
export async function redrive(options: RedriveOptions): Promise<RedriveReport> {
  const connection = await options.broker.connect('redrive')
  try {
    await connection.declare(options.layout)
    const inbox = createInbox()
    const channel = await connection.openConsumer({
      delivered: inbox.put,
      cancelled: inbox.end,
      closed: inbox.end,
    })
    await channel.consume({ queue: deadLetterQueue, prefetch: options.countMax, noAck: false })
    return await redriveAll(options, channel, inbox)
  } finally {
    // What was not acknowledged is a dead letter as before.
    await connection.close().catch(() => {})
  }
}

async function redriveAll(
  options: RedriveOptions,
  channel: ConsumerChannel,
  inbox: Inbox,
): Promise<RedriveReport> {
  const { clock, filter, countMax, perSecond, dryRun, signal, tell } = options
  const sentAgain = new Set<string>()
  const ends: Partial<Record<RedriveEnd, number>> = {}
  const reasons: Record<string, number> = {}
  let seen = 0
  let matched = 0
  while (seen < countMax && !signal?.aborted) {
    const delivery = await inbox.next(clock)
    if (delivery === undefined) break
    seen += 1
    const letter = deadLetterOf(delivery.message)
    reasons[letter.reason] = (reasons[letter.reason] ?? 0) + 1
    if (!matches(filter, letter) || sentAgain.has(letter.orderId)) continue
    matched += 1
    const end = dryRun ? 'would be redriven' : await sendAgain(options, letter)
    if (end === 'redriven') channel.ack(delivery.tag, false)
    if (end !== 'kept') sentAgain.add(letter.orderId)
    ends[end] = (ends[end] ?? 0) + 1
    tell?.(letter, end)
    if (!dryRun) await clock.sleep(1_000 / perSecond, signal).catch(() => {})
  }
  return { seen, matched, ends, reasons }
}

async function sendAgain({ publisher }: RedriveOptions, { decoded }: DeadLetter): Promise<RedriveEnd> {
  // What is malformed would only come back.
  if (decoded.kind === 'malformed') return 'kept'
  const outcome = await publisher.publish(decoded.message, publishTimeoutMs)
  if (outcome.kind === 'confirmed') return 'redriven'
  return outcome.kind === 'refused' ? 'kept' : 'doubtful'
}

interface Inbox {
  put(delivery: Delivery): void
  end(): void
  /** The next one; undefined if none came for a while, or none can come any more. */
  next(clock: Clock): Promise<Delivery | undefined>
}

function createInbox(): Inbox {
  const waiting: Delivery[] = []
  let ended = false
  return {
    put: (delivery) => {
      waiting.push(delivery)
    },
    end: () => {
      ended = true
    },
    async next(clock) {
      const untilMs = clock.nowMs() + quietMs
      while (waiting.length === 0 && !ended && clock.nowMs() < untilMs) await clock.sleep(10)
      return waiting.shift()
    },
  }
}
