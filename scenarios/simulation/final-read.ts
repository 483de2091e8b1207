import type { BrokerMessage } from '../../system-under-test/queue/broker.ts'
import { deadLetterQueue, ordersQueue } from '../../system-under-test/queue/queue-layout.ts'
import type { Recording } from './recording.ts'
import { digestOf } from './simulated-load.ts'
import type { SimulatedService } from './simulated-service.ts'

/** Reads every place to its end: the store, the dead letters, and what is still in the queue. */
export function finalRead(service: SimulatedService, recording: Recording): void {
  const orders = service.storedOrders()
  for (const { orderId, payload, effects } of orders) {
    const ids = effects.map(({ effectId }) => effectId)
    recording.see({ kind: 'read', place: 'store', id: orderId, digest: digestOf(payload), effects: ids })
  }
  recording.see({ kind: 'read-complete', place: 'store', count: orders.length })
  readQueue(service, recording, 'dead-letter', deadLetterQueue)
  readQueue(service, recording, 'queue', ordersQueue)
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
