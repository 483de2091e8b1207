import { causeOf } from '../telemetry/cause-of.ts'
import type { BrokerConnection } from './broker.ts'
import { type Held, type Holding, hold, holding, letGo } from './held.ts'
import { ordersQueue } from './queue-layout.ts'
import { keepConnected, type ReconnectingOptions } from './reconnecting.ts'

export interface OrderConsumer {
  isConnected(): boolean
  /** Takes no new deliveries, and keeps those it has: nothing goes back, so no delivery is counted against an order. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Disconnects; what was not acknowledged goes back to the queue. */
  stop(): Promise<void>
}

export interface OrderConsumerOptions extends ReconnectingOptions {
  readonly prefetch: number
  readonly deliver: (held: Held) => void
}

/** Takes orders from the queue, at most `prefetch` at a time, over a connection that it keeps alive. */
export function createOrderConsumer(options: OrderConsumerOptions): OrderConsumer {
  return new Consumer(options)
}

class Consumer implements OrderConsumer {
  readonly #options: OrderConsumerOptions
  readonly #stopping = new AbortController()
  readonly #kept: Promise<void>
  #connection: BrokerConnection | undefined
  #holding: Holding | undefined
  #wanted = true
  /** Consume and cancel follow each other in the order in which they were asked for. */
  #turn: Promise<void> = Promise.resolve()
  #consuming = false

  constructor(options: OrderConsumerOptions) {
    this.#options = options
    this.#kept = keepConnected(options, (connection) => this.#open(connection), this.#stopping.signal)
  }

  isConnected(): boolean {
    return this.#holding !== undefined
  }

  pause(): Promise<void> {
    this.#wanted = false
    return this.#catchUp()
  }

  resume(): Promise<void> {
    this.#wanted = true
    return this.#catchUp()
  }

  async stop(): Promise<void> {
    this.#wanted = false
    this.#stopping.abort()
    if (this.#holding !== undefined) await letGo(this.#holding, this.#options.clock)
    await this.#connection?.close().catch(() => {})
    await this.#kept
  }

  async #open(connection: BrokerConnection): Promise<void> {
    this.#connection = connection
    // Deliveries may come before the channel is handed to us.
    const self = holding(this.#options.clock, this.#options.prefetch)
    self.channel = await connection.openConsumer({
      delivered: (delivery) => this.#options.deliver(hold(self, delivery)),
      cancelled: () => connection.close().catch(() => {}),
      closed: () => {
        self.closed = true
        if (this.#holding === self) this.#holding = undefined
        connection.close().catch(() => {})
      },
    })
    this.#holding = self
    this.#consuming = false
    await this.#catchUp()
  }

  /** Makes what is so what is wanted. */
  #catchUp(): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      const channel = this.#holding?.channel
      if (channel === undefined || this.#wanted === this.#consuming) return
      this.#consuming = this.#wanted
      try {
        if (this.#wanted) await channel.consume(this.#consumeOptions())
        else await channel.cancel()
      } catch (cause) {
        this.#options.log.warn({ cause: causeOf(cause) }, 'could not change the consumer')
        await this.#connection?.close().catch(() => {})
      }
    })
    return this.#turn
  }

  #consumeOptions() {
    return { queue: ordersQueue, prefetch: this.#options.prefetch, noAck: false }
  }
}
