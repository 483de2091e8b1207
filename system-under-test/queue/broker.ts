import type { QueueLayout } from './queue-layout.ts'

/**
 * The port to a message broker, as thin as AMQP 0-9-1 is: it moves messages and reports events, and decides nothing.
 * All that can be got wrong (which confirm belongs to whom, what a lost channel means, when to acknowledge) is above
 * it, in code that runs on every adapter: `confirming-publisher.ts` and `held.ts`.
 */
export interface Broker {
  /** Rejects if the broker cannot be reached within the adapter's own timeout. */
  connect(name: string): Promise<BrokerConnection>
}

export interface BrokerConnection {
  /** Declares exchanges, queues and bindings; safe to repeat. */
  declare(layout: QueueLayout): Promise<void>
  openPublisher(events: PublisherEvents): Promise<PublisherChannel>
  openConsumer(events: ConsumerEvents): Promise<ConsumerChannel>
  /** Resolves with the reason when the connection is gone, whoever ended it. Never rejects. */
  readonly closed: Promise<string>
  close(): Promise<void>
}

/** The properties that matter of a message on the wire. */
export interface BrokerMessage {
  readonly messageId: string
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, string | number>>
  /** Survives a restart of the broker, in a durable queue. */
  readonly persistent: boolean
}

export interface PublishTarget {
  readonly exchange: string
  readonly routingKey: string
  /** Without it the broker confirms what it could route to no queue. */
  readonly mandatory: boolean
}

/** Called for every event of one publishing channel, in the order in which the broker sent them. */
export interface PublisherEvents {
  /** Confirmed: this tag, or with `multiple` every tag up to it. Tags may come in any order. */
  acked(tag: number, multiple: boolean): void
  /** Refused, as `acked`. */
  nacked(tag: number, multiple: boolean): void
  /** Not routable; the broker *also* confirms it, afterwards. */
  returned(messageId: string): void
  /** The broker stopped taking publishes (an alarm), or takes them again. */
  blocked(reason: string | undefined): void
  /** No further event comes. What is not confirmed yet is unsure. Called once. */
  closed(reason: string): void
}

/**
 * 1 MiB: what may wait in the socket's buffer of a publishing channel. One large order fits in, and beside it more small
 * ones than are let in at once.
 */
export const publishBufferBytes = 1_048_576

export interface PublisherChannel {
  /**
   * Hands one message over. The n-th call that returned has tag n, from 1. Throws if the channel is closed: then
   * nothing was sent. Returns false if the socket's buffer is full: wait for `drained` before the next one.
   */
  publish(target: PublishTarget, message: BrokerMessage): boolean
  /** Resolves when the buffer has room again, or the channel is closed. */
  drained(): Promise<void>
  close(): Promise<void>
}

export interface Delivery {
  readonly tag: number
  readonly message: BrokerMessage
  readonly redelivered: boolean
  /** How often this message came back before: 0 at first. */
  readonly returns: number
}

export interface ConsumerEvents {
  delivered(delivery: Delivery): void
  /** The broker cancelled the consumer (queue deleted, leader lost); the channel lives on. */
  cancelled(): void
  /** What was not acknowledged goes back to the queue. Called once. */
  closed(reason: string): void
}

export interface ConsumeOptions {
  readonly queue: string
  /** How many unacknowledged deliveries the broker may hand over. */
  readonly prefetch: number
  /** Deliveries are forgotten by the broker as they are sent. */
  readonly noAck: boolean
  /** Among the consumers of one queue: the higher ones come first. 0 if left out. */
  readonly priority?: number
}

export interface ConsumerChannel {
  consume(options: ConsumeOptions): Promise<void>
  /** No new deliveries; the unacknowledged ones stay ours. Safe when not consuming. */
  cancel(): Promise<void>
  /** Throws if the channel is closed: the message is then delivered again to somebody. */
  ack(tag: number, multiple: boolean): void
  nack(tag: number, requeue: boolean): void
  close(): Promise<void>
}
