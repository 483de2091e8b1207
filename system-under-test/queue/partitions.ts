import type { PublishTarget } from './broker.ts'
import type { OrderMessage } from './order-queue.ts'
import { orderQueueLayout, ordersQueue, ordersTarget, type QueueLayout } from './queue-layout.ts'

/** Where orders go, and where they are taken from. */
export interface OrderRoutes {
  readonly layout: QueueLayout
  /** Every queue of orders; more than one where they are partitioned by their key. */
  readonly queues: readonly string[]
  targetOf(message: OrderMessage): Omit<PublishTarget, 'mandatory'>
}

export interface OrderRoutesOptions {
  /** Of all partitions together. */
  readonly queueLengthMax: number
  /** 1: one queue for all, in no particular order. More: each key has one of so many, and its orders their order. */
  readonly partitions: number
}

/**
 * One queue of orders, or several that are like it, each with its share of the length and with one consumer at a
 * time: only so is what was put in first done first.
 */
export function orderRoutes({ queueLengthMax, partitions }: OrderRoutesOptions): OrderRoutes {
  const queues = orderQueues(partitions)
  const layout = orderQueueLayout(Math.ceil(queueLengthMax / partitions))
  if (partitions === 1) return { layout, queues, targetOf: () => ordersTarget }
  const targets = queues.map((_, number) => ({ ...ordersTarget, routingKey: routingKeyOf(number) }))
  return {
    layout: {
      ...layout,
      queues: layout.queues.flatMap((spec) =>
        spec.name === ordersQueue
          ? queues.map((name) => ({ ...spec, name, singleActiveConsumer: true }))
          : [spec],
      ),
      bindings: layout.bindings.flatMap((binding) =>
        binding.queue === ordersQueue
          ? queues.map((queue, number) => ({ ...binding, queue, routingKey: routingKeyOf(number) }))
          : [binding],
      ),
    },
    queues,
    targetOf: ({ key, orderId }) =>
      targets[partitionOf(key ?? orderId, partitions)] as (typeof targets)[number],
  }
}

export function orderQueues(partitions: number): readonly string[] {
  if (partitions === 1) return [ordersQueue]
  return Array.from({ length: partitions }, (_, number) => `${ordersQueue}.${number}`)
}

function routingKeyOf(partition: number): string {
  return `${ordersTarget.routingKey}.${partition}`
}

/**
 * The partition of a key, from 0: that which scores highest with it. One partition more takes about its equal share of
 * the keys from all others, and no other key moves.
 * Source: rendezvous hashing; D. Thaler, C. Ravishankar, "Using name-based mappings to increase hit rates", 1998.
 */
export function partitionOf(key: string, partitions: number): number {
  let best = 0
  let bestScore = -1
  for (let number = 0; number < partitions; number += 1) {
    const score = scoreOf(`${number}/${key}`)
    if (score > bestScore) {
      best = number
      bestScore = score
    }
  }
  return best
}

/**
 * How much a worker wants a queue, 0 to 32,767: by the same means, so that workers that know nothing of each other
 * share the partitions, and a worker that comes or goes moves only what it takes or leaves.
 */
export function consumerPriority(worker: string, queue: string): number {
  return scoreOf(`${worker}/${queue}`) >>> 17
}

/** 32 bits of a text: FNV-1a, and MurmurHash3's finalizer, without which similar texts have similar scores. */
function scoreOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
