import type { Answer, SubmitOrder } from '../api/submit-order.ts'
import { digestOf } from '../orders/digest.ts'
import { parseOrder } from '../orders/order.ts'
import type { Random } from '../random.ts'
import type { OrderBatch, OrderStore } from '../store/order-store.ts'

export interface IntakeParts {
  readonly store: OrderStore
  readonly random: Random
  readonly replica: string
  readonly stored: () => void
}

// "To be safe": added after an outage, and the reason why the next one was longer.
const attemptsMax = 3

/** Takes an order and carries it out in one step, while the client waits. Kept as it was, faults and all. */
export function createIntake(parts: IntakeParts): SubmitOrder {
  return async ({ idempotencyKey, body }) => {
    const orderId = idempotencyKey
    const payload = Buffer.from(body).toString()
    if (orderId === undefined) return answer(400, { error: 'bad-key' })
    if (parseOrder(payload).kind !== 'order') return answer(422, { error: 'not-an-order' })
    const known = await parts.store.read(orderId, 'quorum')
    // Another request may be between its read and its write just now.
    if (known.kind === 'found') return answer(202, { orderId, status: 'accepted' })
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const outcome = await parts.store.write(batchOf(orderId, payload, parts))
      if (outcome.kind !== 'applied') continue
      parts.stored()
      return answer(202, { orderId, status: 'accepted' })
    }
    return answer(500, { orderId, error: 'internal' })
  }
}

/** A new effect for each attempt: whether the last one came through is not asked. */
function batchOf(orderId: string, payload: string, { random, replica }: IntakeParts): OrderBatch {
  const effectId = (1 + Math.floor(random.next() * 0xffff_fffe)).toString(16).padStart(8, '0')
  return {
    orderId,
    order: { state: 'done', digest: digestOf(payload), payload },
    effects: [{ effectId, worker: replica }],
    onlyIfAbsent: false,
  }
}

function answer(status: number, body: Answer['body']): Answer {
  return { status, headers: {}, body }
}
