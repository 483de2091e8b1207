import { type Order, parseOrder } from '../../system-under-test/orders/order.ts'
import { stockSums } from '../../system-under-test/orders/stock-sums.ts'
import type { BrokerMessage } from '../../system-under-test/queue/broker.ts'
import { effectsSeen } from '../../system-under-test/store/effects-seen.ts'
import type { Recording } from './recording.ts'
import { digestOf } from './simulated-load.ts'
import type { SimulatedService } from './simulated-service.ts'

/**
 * Reads every place to its end: the store, the dead letters, and what is still in the queue. An order's place among the
 * effects is that of its first write, which is how the store lists them.
 */
export function finalRead(service: SimulatedService, recording: Recording): void {
  let count = 0
  for (const [position, { orderId, payload, effects, state }] of service.storedOrders().entries()) {
    const seen = effectsSeen(
      state,
      effects.map(({ effectId }) => effectId),
    )
    if (seen === undefined) continue
    count += 1
    const digest = digestOf(payload)
    const line = { kind: 'read', place: 'store', id: orderId, digest, effects: seen, position } as const
    const parsed = parseOrder(payload)
    recording.see(parsed.kind === 'order' ? { ...line, key: parsed.order.customer } : line)
  }
  recording.see({ kind: 'read-complete', place: 'store', count })
  readStock(service, recording)
  readQueue(service.deadLetters(), recording, 'dead-letter')
  readQueue(service.queuedOrders(), recording, 'queue')
}

/** Only where orders are carried out in two steps is there any. */
function readStock(service: SimulatedService, recording: Recording): void {
  const rows = service.stock()
  if (rows.length === 0) return
  const done = new Map<string, Order>()
  for (const { orderId, payload, state } of service.storedOrders()) {
    const parsed = parseOrder(payload)
    if (state === 'done' && parsed.kind === 'order') done.set(orderId, parsed.order)
  }
  const { ordered, held, astray } = stockSums(
    done,
    rows.filter(({ state }) => state === 'held'),
  )
  recording.see({ kind: 'observation', name: 'pieces-ordered', value: ordered })
  recording.see({ kind: 'observation', name: 'pieces-held', value: held })
  recording.see({ kind: 'observation', name: 'orders-astray', value: astray.length })
}

function readQueue(
  messages: readonly BrokerMessage[],
  recording: Recording,
  place: 'dead-letter' | 'queue',
): void {
  for (const message of messages) {
    const reason = message.headers['x-reason']
    recording.see({
      kind: 'read',
      place,
      id: idOf(message),
      digest: digestOf(Buffer.from(message.body).toString('utf8')),
      ...(reason === undefined ? {} : { reason: String(reason) }),
    })
  }
  recording.see({ kind: 'read-complete', place, count: messages.length })
}

/** What contradicts a stored order is an order of its own in the history. */
function idOf({ headers }: BrokerMessage): string {
  const id = String(headers['x-order-id'])
  return headers['x-reason'] === 'conflict' ? `${id}~conflict` : id
}
