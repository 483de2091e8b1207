/** A queue as it is declared: plain data, which every adapter understands in the same way. */
export interface QueueSpec {
  readonly name: string
  readonly type: 'quorum' | 'classic'
  readonly durable: boolean
  readonly lengthMax?: number
  /** What happens above `lengthMax`: the publisher is refused, or the oldest message is dropped. */
  readonly overflow?: 'reject-publish' | 'drop-head'
  /**
   * After so many returns a message is dead-lettered, or dropped where no dead-letter exchange is named. A quorum queue
   * has a limit of 20 unless another is named, or 'none'.
   */
  readonly deliveryLimit?: number | 'none'
  readonly messageTtlMs?: number
  /** One consumer at a time, that of the highest priority; another one takes over when what that one holds is settled. */
  readonly singleActiveConsumer?: boolean
  readonly deadLetter?: {
    readonly exchange: string
    readonly routingKey: string
    readonly strategy: 'at-least-once' | 'at-most-once'
  }
}

export interface BindingSpec {
  readonly exchange: string
  readonly routingKey: string
  readonly queue: string
}

export interface QueueLayout {
  /** Durable direct exchanges. */
  readonly exchanges: readonly string[]
  readonly queues: readonly QueueSpec[]
  readonly bindings: readonly BindingSpec[]
}

export const ordersQueue = 'orders'
export const deadLetterQueue = 'orders.dead'
export const ordersTarget = { exchange: 'orders', routingKey: 'order' } as const
export const deadLetterTarget = { exchange: 'orders.dead', routingKey: 'dead' } as const

/**
 * Orders wait in one bounded queue that refuses when it is full, instead of dropping what was promised. What cannot
 * be carried out moves to the dead letters at least once: that needs `reject-publish`, else it is silently at most once.
 */
export function orderQueueLayout(lengthMax: number): QueueLayout {
  return {
    exchanges: [ordersTarget.exchange, deadLetterTarget.exchange],
    queues: [
      {
        name: ordersQueue,
        type: 'quorum',
        durable: true,
        lengthMax,
        overflow: 'reject-publish',
        // 50: good orders come back once for each death of their worker, and a worker that dies so often on one
        // order is being killed by it.
        deliveryLimit: 50,
        deadLetter: { ...deadLetterTarget, strategy: 'at-least-once' },
      },
      // Unbounded on purpose: a dead letter is an order that was promised. Its length raises an alert instead.
      // And never dropped, however often somebody looks at it and gives it back.
      { name: deadLetterQueue, type: 'quorum', durable: true, deliveryLimit: 'none' },
    ],
    bindings: [
      { ...ordersTarget, queue: ordersQueue },
      { ...deadLetterTarget, queue: deadLetterQueue },
    ],
  }
}
