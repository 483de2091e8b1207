import { type Channel, type ChannelModel, connect } from 'amqplib'
import type { Settings } from '../settings.ts'
import {
  type Broker,
  type BrokerConnection,
  type BrokerMessage,
  type ConsumerChannel,
  type ConsumerEvents,
  type PublisherChannel,
  type PublisherEvents,
  publishBufferBytes,
} from './broker.ts'
import { gatherWrites } from './gather-writes.ts'
import type { QueueLayout, QueueSpec } from './queue-layout.ts'

export interface RabbitmqOptions {
  readonly address: Settings['broker']
  readonly connectTimeoutMs: number
}

/** The port to a broker on RabbitMQ 4, over AMQP 0-9-1. */
export function rabbitmqBroker(options: RabbitmqOptions): Broker {
  return {
    async connect(name) {
      const { host, port, user, password, vhost, heartbeatS } = options.address
      const model = await gatherWrites(() =>
        connect(
          {
            hostname: host,
            port,
            username: user,
            password,
            vhost,
            heartbeat: heartbeatS,
          },
          {
            timeout: options.connectTimeoutMs,
            noDelay: true,
            clientProperties: { connection_name: name },
          },
        ),
      )
      return connectionOf(model)
    },
  }
}

function connectionOf(model: ChannelModel): BrokerConnection {
  const closed = new Promise<string>((resolve) => {
    // An error is always followed by a close; without a listener it would end the process.
    let reason = 'closed'
    model.on('error', (error) => {
      reason = String(error)
    })
    model.on('close', (error) => resolve(error === undefined ? reason : String(error)))
  })
  return {
    closed,
    declare: (layout) => declare(model, layout),
    openPublisher: (events) => openPublisher(model, events),
    openConsumer: (events) => openConsumer(model, events),
    close: () => model.close(),
  }
}

async function declare(model: ChannelModel, layout: QueueLayout): Promise<void> {
  const channel = await model.createChannel()
  channel.on('error', () => {})
  for (const exchange of layout.exchanges) await channel.assertExchange(exchange, 'direct', { durable: true })
  for (const queue of layout.queues) {
    await channel.assertQueue(queue.name, { durable: queue.durable, arguments: argumentsOf(queue) })
  }
  for (const { queue, exchange, routingKey } of layout.bindings) {
    await channel.bindQueue(queue, exchange, routingKey)
  }
  await channel.close()
}

// A queue's arguments have no word for "no limit" (RabbitMQ 4.0 refuses -1 there), and without one it is 20.
const deliveryLimitMost = 1_000_000_000

/** The names that RabbitMQ has for what a queue is asked to do; undefined ones are left out. */
function argumentsOf(queue: QueueSpec): Record<string, unknown> {
  const named = {
    'x-queue-type': queue.type,
    'x-max-length': queue.lengthMax,
    'x-overflow': queue.overflow,
    'x-delivery-limit': queue.deliveryLimit === 'none' ? deliveryLimitMost : queue.deliveryLimit,
    'x-message-ttl': queue.messageTtlMs,
    'x-single-active-consumer': queue.singleActiveConsumer,
    'x-dead-letter-exchange': queue.deadLetter?.exchange,
    'x-dead-letter-routing-key': queue.deadLetter?.routingKey,
    'x-dead-letter-strategy': queue.deadLetter?.strategy,
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}

async function openPublisher(model: ChannelModel, events: PublisherEvents): Promise<PublisherChannel> {
  const channel = await model.createConfirmChannel({ highWaterMark: publishBufferBytes })
  const ended = tellOfItsEnd(channel, events)
  const lend = lender()
  channel.on('ack', ({ deliveryTag, multiple }) => events.acked(deliveryTag, multiple))
  channel.on('nack', ({ deliveryTag, multiple }) => events.nacked(deliveryTag, multiple))
  channel.on('return', ({ properties }) => events.returned(properties.messageId))
  model.on('blocked', (reason) => events.blocked(reason))
  model.on('unblocked', () => events.blocked(undefined))
  return {
    publish: ({ exchange, routingKey, mandatory }, message) =>
      channel.publish(exchange, routingKey, bufferOf(message), {
        mandatory,
        persistent: message.persistent,
        messageId: message.messageId,
        contentType: 'application/json',
        headers: lend(message.headers),
      }),
    drained: () => Promise.race([ended, new Promise<void>((resolve) => channel.once('drain', resolve))]),
    close: () => channel.close(),
  }
}

async function openConsumer(model: ChannelModel, events: ConsumerEvents): Promise<ConsumerChannel> {
  const channel = await model.createChannel()
  tellOfItsEnd(channel, events)
  let consumerTag: string | undefined
  return {
    async consume({ queue, prefetch, noAck, priority }) {
      await channel.prefetch(prefetch)
      const reply = await channel.consume(
        queue,
        (message) => {
          if (message === null) events.cancelled()
          else events.delivered(deliveryOf(message))
        },
        { noAck, ...(priority === undefined ? {} : { priority }) },
      )
      consumerTag = reply.consumerTag
    },
    async cancel() {
      if (consumerTag !== undefined) await channel.cancel(consumerTag)
      consumerTag = undefined
    },
    ack: (tag, multiple) => channel.ack(withTag(tag), multiple),
    nack: (tag, requeue) => channel.nack(withTag(tag), false, requeue),
    close: () => channel.close(),
  }
}

function tellOfItsEnd(channel: Channel, events: { closed(reason: string): void }): Promise<void> {
  let reason = 'closed'
  channel.on('error', (error) => {
    reason = String(error)
  })
  return new Promise((resolve) => {
    channel.on('close', () => {
      events.closed(reason)
      resolve()
    })
  })
}

type Headers = BrokerMessage['headers']

/**
 * Headers for one call of `publish`, which has them on the wire when it returns: the same object each time. amqplib makes
 * what it is given the prototype of another object, and one that is new for each message is what an engine is slowest at.
 */
function lender(): (headers: Headers) => Record<string, string | number | undefined> {
  const lent: Record<string, string | number | undefined> = {}
  return (headers) => {
    // What is undefined is not sent; deleting it would make all that follows slower.
    for (const name in lent) if (!(name in headers)) lent[name] = undefined
    return Object.assign(lent, headers)
  }
}

type Received = Parameters<Parameters<Channel['consume']>[1]>[0] & object

function deliveryOf({ content, properties, fields }: Received) {
  const { 'x-delivery-count': returns = 0, ...headers } = properties.headers ?? {}
  const message: BrokerMessage = {
    messageId: properties.messageId ?? '',
    body: content,
    headers: headers as BrokerMessage['headers'],
    persistent: properties.deliveryMode === 2,
  }
  return { tag: fields.deliveryTag, redelivered: fields.redelivered, returns: Number(returns), message }
}

/** amqplib wants the message to acknowledge it, and reads nothing of it but the tag. */
function withTag(tag: number): Received {
  return { fields: { deliveryTag: tag } } as Received
}

function bufferOf({ body }: BrokerMessage): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}
