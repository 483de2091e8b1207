import type { BrokerMessage } from '../queue/broker.ts'
import { type DecodedOrder, decodeOrder } from '../queue/message-codec.ts'

/** A dead letter as a person asks for it. */
export interface DeadLetter {
  readonly orderId: string
  /** What the worker wrote, or why the broker gave it up. */
  readonly reason: string
  readonly detail: string
  readonly publishedAtMs: number
  readonly decoded: DecodedOrder
}

export function deadLetterOf(message: BrokerMessage): DeadLetter {
  const { headers } = message
  return {
    orderId: String(headers['x-order-id'] ?? message.messageId),
    reason: String(headers['x-reason'] ?? reasonOfTheBroker(headers['x-first-death-reason'])),
    detail: String(headers['x-detail'] ?? ''),
    publishedAtMs: Number(headers['x-published-at-ms'] ?? 0),
    decoded: decodeOrder(message),
  }
}

/** RabbitMQ says `delivery_limit`, we say `delivery-limit`. */
function reasonOfTheBroker(reason: string | number | undefined): string {
  return reason === undefined ? 'unknown' : String(reason).replaceAll('_', '-')
}

/** Everything that is given must hold; nothing given means all. */
export interface DeadLetterFilter {
  readonly reason?: string
  readonly idPrefix?: string
  /** Published before this wall time. */
  readonly beforeMs?: number
}

export function matches({ reason, idPrefix, beforeMs }: DeadLetterFilter, letter: DeadLetter): boolean {
  if (reason !== undefined && letter.reason !== reason) return false
  if (idPrefix !== undefined && !letter.orderId.startsWith(idPrefix)) return false
  return beforeMs === undefined || letter.publishedAtMs < beforeMs
}
