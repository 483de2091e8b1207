import { isUtf8 } from 'node:buffer'
import { digestOf } from '../orders/digest.ts'
import type { BrokerMessage } from './broker.ts'
import { type Criticality, criticalities, type OrderMessage } from './order-queue.ts'

/**
 * The version of the message's form: old and new replicas work side by side while a release goes on. A new minor version
 * only adds what may be ignored: whoever knows the major one carries it out. A new major version is for forms that an older
 * worker would get wrong: it leaves them in the dead letters, from where they can be sent again to one that knows them.
 */
const schemaVersion = 1
const schemaMinor = 2

/**
 * An order on the wire: the body is the payload's bytes and nothing else, the rest is in headers, `x-order-id`
 * first of all. `messageId` tells publishes apart, not orders: the same order may be published twice.
 */
export function encodeOrder(message: OrderMessage, sequence: number): BrokerMessage {
  return {
    messageId: `${message.orderId}~${sequence}`,
    body: Buffer.from(message.payload, 'utf8'),
    persistent: true,
    headers: {
      'x-schema': schemaVersion,
      'x-order-id': message.orderId,
      'x-digest': message.digest,
      'x-criticality': message.criticality,
      'x-published-at-ms': message.publishedAtMs,
      'x-schema-minor': schemaMinor,
      ...(message.key === undefined ? {} : { 'x-key': message.key }),
      ...(message.traceparent === undefined ? {} : { traceparent: message.traceparent }),
    },
  }
}

export type DecodedOrder =
  | { readonly kind: 'order'; readonly message: OrderMessage }
  | { readonly kind: 'malformed'; readonly detail: string }

/** Reads an order back, and believes nothing: what does not match its own digest is malformed. */
export function decodeOrder({ body, headers }: BrokerMessage): DecodedOrder {
  const orderId = headers['x-order-id']
  if (typeof orderId !== 'string') return malformed('no x-order-id')
  if (headers['x-schema'] !== schemaVersion) return malformed(`unknown x-schema ${headers['x-schema']}`)
  if (!isUtf8(body)) return malformed('the body is not UTF-8')
  const payload = Buffer.from(body).toString('utf8')
  const digest = digestOf(payload)
  if (headers['x-digest'] !== digest)
    return malformed(`digest ${digest}, but ${headers['x-digest']} was sent`)
  const { traceparent, 'x-key': key } = headers
  return {
    kind: 'order',
    message: {
      orderId,
      payload,
      digest,
      criticality: criticalityOf(headers['x-criticality']),
      publishedAtMs: Number(headers['x-published-at-ms'] ?? 0),
      ...(typeof key === 'string' ? { key } : {}),
      ...(typeof traceparent === 'string' ? { traceparent } : {}),
    },
  }
}

function malformed(detail: string): DecodedOrder {
  return { kind: 'malformed', detail }
}

/** Anything but a known word is `high`: when in doubt, an order matters. */
export function criticalityOf(text: unknown): Criticality {
  return criticalities.find((known) => known === text) ?? 'high'
}
