import { prefetchOfEach } from '../settings.ts'
import type { BrokerConnection } from './broker.ts'
import { type Held, type Holding, hold, holding, letGo } from './held.ts'
import type { OrderConsumer, OrderConsumerOptions } from './order-consumer.ts'
import { consumerPriority } from './partitions.ts'
import { keepConnected } from './reconnecting.ts'

export interface PartitionConsumerOptions extends OrderConsumerOptions {
  /** Each has one consumer at a time, among all workers. */
  readonly queues: readonly string[]
}

// 5 s: longer than a worker takes to finish what it holds when it is asked to end, which is a pause too.
const standBackAfterMs = 5_000
// A minute without a pause: whatever it was, it is over.
const soundAfterMs = 60_000

/**
 * Stands ready for every partition, and has those that fall to it, in their order. While it is paused it stays their
 * consumer: what it holds must not be overtaken by what another would be given in its place. It is bounded by the prefetch
 * all the same, since who acknowledges nothing is given no more.
 *
 * A pause that lasts is one that others may not have: then it gives everything back, as a whole, and stands back until it
 * is resumed. That counts as a return of each order it held, so each time it waits twice as long before it does so again.
 */
export function createPartitionConsumer(options: PartitionConsumerOptions): OrderConsumer {
  return new PartitionConsumer(options)
}

class PartitionConsumer implements OrderConsumer {
  readonly #options: PartitionConsumerOptions
  readonly #stopping = new AbortController()
  readonly #kept: Promise<void>
  /** Of now: undefined while there is none. */
  #connection: BrokerConnection | undefined
  /** One for each partition, over that connection. */
  #holdings: Holding[] = []
  /** Ends with the pause; undefined while there is none. */
  #pause: AbortController | undefined
  #standsBack = false
  #timesStoodBack = 0
  #resumedMs = Number.NEGATIVE_INFINITY
  /** What came during the pause, in its order. */
  #heldBack: Held[] = []

  constructor(options: PartitionConsumerOptions) {
    this.#options = options
    this.#kept = keepConnected(options, (connection) => this.#open(connection), this.#stopping.signal)
  }

  isConnected(): boolean {
    return this.#connection !== undefined
  }

  async pause(): Promise<void> {
    if (this.#pause !== undefined) return
    const { clock } = this.#options
    this.#pause = new AbortController()
    if (clock.nowMs() - this.#resumedMs >= soundAfterMs) this.#timesStoodBack = 0
    const ended = AbortSignal.any([this.#pause.signal, this.#stopping.signal])
    clock.sleep(standBackAfterMs * 2 ** this.#timesStoodBack, ended).then(
      () => this.#standBack(),
      () => {},
    )
  }

  async resume(): Promise<void> {
    if (this.#pause === undefined) return
    this.#pause.abort()
    this.#pause = undefined
    this.#resumedMs = this.#options.clock.nowMs()
    const heldBack = this.#heldBack
    this.#heldBack = []
    for (const held of heldBack) if (held.isOurs()) this.#options.deliver(held)
    if (!this.#standsBack) return
    this.#standsBack = false
    const connection = this.#connection
    if (connection !== undefined) await this.#consume(connection).catch(() => connection.close())
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    const { clock } = this.#options
    await Promise.all(this.#holdings.map((holding) => letGo(holding, clock)))
    await this.#connection?.close().catch(() => {})
    await this.#kept
  }

  #standBack(): void {
    this.#standsBack = true
    this.#timesStoodBack += 1
    this.#options.log.warn({ times: this.#timesStoodBack }, 'leaving the partitions to others')
    // What it held goes back with the connection; the next one is there to be told apart from a worker that is gone.
    this.#connection?.close().catch(() => {})
  }

  async #open(connection: BrokerConnection): Promise<void> {
    this.#heldBack = []
    this.#holdings = []
    if (!this.#standsBack) {
      await this.#consume(connection)
      // Left meanwhile: what it was given goes back, and the next connection takes nothing.
      if (this.#standsBack) return connection.close()
    }
    this.#connection = connection
    connection.closed.then(() => {
      if (this.#connection === connection) this.#connection = undefined
    })
  }

  async #consume(connection: BrokerConnection): Promise<void> {
    for (const queue of this.#options.queues) await this.#consumeOne(connection, queue)
  }

  async #consumeOne(connection: BrokerConnection, queue: string): Promise<void> {
    const { name, queues, clock } = this.#options
    // A worker may be alone, and then has them all.
    const prefetch = prefetchOfEach(this.#options.prefetch, queues.length)
    // Deliveries may come before the channel is handed to us.
    const self = holding(clock, prefetch)
    this.#holdings.push(self)
    self.channel = await connection.openConsumer({
      delivered: (delivery) => this.#deliver(hold(self, delivery)),
      cancelled: () => connection.close().catch(() => {}),
      closed: () => {
        self.closed = true
        connection.close().catch(() => {})
      },
    })
    await self.channel.consume({
      queue,
      prefetch,
      noAck: false,
      priority: consumerPriority(name, queue),
    })
  }

  #deliver(held: Held): void {
    if (this.#pause !== undefined) this.#heldBack.push(held)
    else this.#options.deliver(held)
  }
}
