import { type Order, parseOrder } from '../../system-under-test/orders/order.ts'
import { stockSums } from '../../system-under-test/orders/stock-sums.ts'
import type { BrokerMessage } from '../../system-under-test/queue/broker.ts'
import { deadLetterQueue, ordersQueue } from '../../system-under-test/queue/queue-layout.ts'
import { effectsSeen } from '../../system-under-test/store/effects-seen.ts'
import type { Recording } from './recording.ts'
import { digestOf } from './simulated-load.ts'
import type { SimulatedService } from './simulated-service.ts'

/** Reads every place to its end: the store, the dead letters, and what is still in the queue. */
export function finalRead(service: SimulatedService, recording: Recording): void {
  let count = 0
  for (const { orderId, payload, effects, state } of service.storedOrders()) {
    const seen = effectsSeen(
      state,
      effects.map(({ effectId }) => effectId),
    )
    if (seen === undefined) continue
    count += 1
    recording.see({ kind: 'read', place: 'store', id: orderId, digest: digestOf(payload), effects: seen })
  }
  recording.see({ kind: 'read-complete', place: 'store', count })
  readStock(service, recording)
  readQueue(service, recording, 'dead-letter', deadLetterQueue)
  readQueue(service, recording, 'queue', ordersQueue)
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
  service: SimulatedService,
  recording: Recording,
  place: 'dead-letter' | 'queue',
  queue: string,
): void {
  const messages = service.messages(queue)
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
