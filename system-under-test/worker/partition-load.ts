import type { Gauge } from 'prom-client'
import type { OrderMessage } from '../queue/order-queue.ts'
import { partitionOf } from '../queue/partitions.ts'

export interface PartitionGauges {
  /** By the label `partition`: there are never more series than partitions. */
  readonly inHand: Gauge
  readonly ageSeconds: Gauge
}

/**
 * What a worker holds of each partition, and how old the oldest of it is. A partition has one consumer, which holds the
 * head of its queue: so the age is that of the oldest order of the partition that is not done, and 0 for whoever does
 * not have the partition.
 */
export class PartitionLoad {
  readonly #held: readonly Set<Pick<OrderMessage, 'publishedAtMs'>>[]

  constructor(partitions: number) {
    this.#held = Array.from({ length: partitions }, () => new Set())
  }

  /** From the delivery of an order to the end that is returned. */
  begin(message: Pick<OrderMessage, 'publishedAtMs'>, key: string): () => void {
    const held = this.#held[partitionOf(key, this.#held.length)]
    held?.add(message)
    return () => held?.delete(message)
  }

  show({ inHand, ageSeconds }: PartitionGauges, wallMs: number): void {
    this.#held.forEach((held, partition) => {
      const oldestMs = Math.min(wallMs, ...[...held].map(({ publishedAtMs }) => publishedAtMs))
      inHand.set({ partition }, held.size)
      ageSeconds.set({ partition }, (wallMs - oldestMs) / 1_000)
    })
  }
}
