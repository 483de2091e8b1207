import { layoutOf, messageOf, settledTags, type Told } from './broker.fixture.ts'
import type { Broker, BrokerConnection, Delivery, PublisherChannel } from './broker.ts'
import type { QueueLayout, QueueSpec } from './queue-layout.ts'

export interface World {
  readonly layout: QueueLayout
  readonly connection: BrokerConnection
  readonly channel: PublisherChannel
  readonly told: Told[]
  publish(id: string, routingKey?: string): boolean
  /** Tags whose end is known. */
  ends(): number
}

/** Queues of their own for each test, and who publishes to them or consumes from them. */
export function brokerWorlds(connectTo: () => Broker) {
  const opened: BrokerConnection[] = []
  async function closeAll(): Promise<void> {
    for (const connection of opened.splice(0)) await connection.close().catch(() => {})
  }

  async function connect(): Promise<BrokerConnection> {
    const connection = await connectTo().connect('contract')
    opened.push(connection)
    return connection
  }

  async function world(spec: Partial<QueueSpec> = {}): Promise<World> {
    const layout = layoutOf(spec)
    const connection = await connect()
    await connection.declare(layout)
    const told: Told[] = []
    const channel = await connection.openPublisher({
      acked: (tag, multiple) => told.push(['acked', tag, multiple]),
      nacked: (tag, multiple) => told.push(['nacked', tag, multiple]),
      returned: (messageId) => told.push(['returned', messageId]),
      blocked: () => {},
      closed: () => told.push(['closed']),
    })
    const exchange = layout.exchanges[0] as string
    return {
      layout,
      connection,
      channel,
      told,
      publish: (id, routingKey = 'live') =>
        channel.publish({ exchange, routingKey, mandatory: true }, messageOf(id)),
      ends: () => settledTags(told).length,
    }
  }

  async function consume({ layout }: World, prefetch = 10, queue = 0, priority?: number) {
    const connection = await connect()
    const deliveries: Delivery[] = []
    const channel = await connection.openConsumer({
      delivered: (delivery) => deliveries.push(delivery),
      cancelled: () => {},
      closed: () => {},
    })
    const options = {
      queue: layout.queues[queue]?.name as string,
      prefetch,
      noAck: false,
      ...(priority === undefined ? {} : { priority }),
    }
    await channel.consume(options)
    return { connection, channel, deliveries, options }
  }

  return { connect, world, consume, closeAll }
}
