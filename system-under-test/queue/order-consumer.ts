import { causeOf } from '../telemetry/cause-of.ts'
import type { BrokerConnection, ConsumerChannel, Delivery } from './broker.ts'
import { ordersQueue } from './queue-layout.ts'
import { keepConnected, type ReconnectingOptions } from './reconnecting.ts'

/** One delivery in our hands, and what can be done with it. */
export interface Held {
  readonly delivery: Delivery
  /** Done with it. False if the channel is gone: somebody will get it again. */
  ack(): boolean
  /** Still ours? Once the channel is gone it is not, and whatever is still being done for it is in vain. */
  isOurs(): boolean
}

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
  #channel: ConsumerChannel | undefined
  #wanted = true
  /** Consume and cancel follow each other in the order in which they were asked for. */
  #turn: Promise<void> = Promise.resolve()
  #consuming = false

  constructor(options: OrderConsumerOptions) {
    this.#options = options
    this.#kept = keepConnected(options, (connection) => this.#open(connection), this.#stopping.signal)
  }

  isConnected(): boolean {
    return this.#channel !== undefined
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
    await this.#connection?.close().catch(() => {})
    await this.#kept
  }

  async #open(connection: BrokerConnection): Promise<void> {
    this.#connection = connection
    // Deliveries may come before the channel is handed to us.
    const self: { channel?: ConsumerChannel; closed: boolean } = { closed: false }
    self.channel = await connection.openConsumer({
      delivered: (delivery) => this.#options.deliver(hold(self, delivery)),
      cancelled: () => connection.close().catch(() => {}),
      closed: () => {
        self.closed = true
        if (this.#channel === self.channel) this.#channel = undefined
        connection.close().catch(() => {})
      },
    })
    this.#channel = self.channel
    this.#consuming = false
    await this.#catchUp()
  }

  /** Makes what is so what is wanted. */
  #catchUp(): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      const channel = this.#channel
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

/** A delivery of a channel that may not be known yet, and may be gone. */
export function hold(self: { channel?: ConsumerChannel; closed: boolean }, delivery: Delivery): Held {
  return {
    delivery,
    isOurs: () => !self.closed,
    ack() {
      if (self.closed || self.channel === undefined) return false
      try {
        self.channel.ack(delivery.tag, false)
        return true
      } catch {
        return false
      }
    },
  }
}
