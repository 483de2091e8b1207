import type { BrokerConnection } from './broker.ts'
import { type Held, hold, type OrderConsumer, type OrderConsumerOptions } from './order-consumer.ts'
import { consumerPriority } from './partitions.ts'
import { keepConnected } from './reconnecting.ts'

export interface PartitionConsumerOptions extends OrderConsumerOptions {
  /** Each has one consumer at a time, among all workers. */
  readonly queues: readonly string[]
}

/**
 * Stands ready for every partition, and has those that fall to it, in their order. While it is paused it stays their
 * consumer: what it holds must not be overtaken by what another would be given in its place. It is bounded by the prefetch
 * all the same, since who acknowledges nothing is given no more.
 */
export function createPartitionConsumer(options: PartitionConsumerOptions): OrderConsumer {
  return new PartitionConsumer(options)
}

class PartitionConsumer implements OrderConsumer {
  readonly #options: PartitionConsumerOptions
  readonly #stopping = new AbortController()
  readonly #kept: Promise<void>
  #connection: BrokerConnection | undefined
  #consuming = false
  #paused = false
  /** What came while nothing was wanted, in its order. */
  #heldBack: Held[] = []

  constructor(options: PartitionConsumerOptions) {
    this.#options = options
    this.#kept = keepConnected(options, (connection) => this.#open(connection), this.#stopping.signal)
  }

  isConnected(): boolean {
    return this.#consuming
  }

  async pause(): Promise<void> {
    this.#paused = true
  }

  async resume(): Promise<void> {
    this.#paused = false
    const heldBack = this.#heldBack
    this.#heldBack = []
    for (const held of heldBack) if (held.isOurs()) this.#options.deliver(held)
  }

  async stop(): Promise<void> {
    this.#paused = true
    this.#stopping.abort()
    await this.#connection?.close().catch(() => {})
    await this.#kept
  }

  async #open(connection: BrokerConnection): Promise<void> {
    this.#connection = connection
    this.#heldBack = []
    for (const queue of this.#options.queues) await this.#consume(connection, queue)
    this.#consuming = true
  }

  async #consume(connection: BrokerConnection, queue: string): Promise<void> {
    const { name, prefetch, queues } = this.#options
    // Deliveries may come before the channel is handed to us.
    const self: Parameters<typeof hold>[0] = { closed: false }
    self.channel = await connection.openConsumer({
      delivered: (delivery) => this.#deliver(hold(self, delivery)),
      cancelled: () => connection.close().catch(() => {}),
      closed: () => {
        self.closed = true
        this.#consuming = false
        connection.close().catch(() => {})
      },
    })
    await self.channel.consume({
      queue,
      // A worker may be alone, and then has them all: together no more than it may hold.
      prefetch: Math.ceil(prefetch / queues.length),
      noAck: false,
      priority: consumerPriority(name, queue),
    })
  }

  #deliver(held: Held): void {
    if (this.#paused) this.#heldBack.push(held)
    else this.#options.deliver(held)
  }
}
