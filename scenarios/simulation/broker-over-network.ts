import type { Random } from '../../chaos/kernel/random.ts'
import type {
  Broker,
  BrokerConnection,
  ConsumerChannel,
  ConsumerEvents,
  PublisherChannel,
  PublisherEvents,
} from '../../system-under-test/queue/broker.ts'
import { type Connection, crossingMs, type Link, openConnection } from './network.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface NetworkOfBroker {
  readonly time: VirtualTime
  readonly random: Random
  readonly link: Link
  readonly process: SimulatedProcess
  /** False while the broker is down: connections are refused. */
  isUp(): boolean
}

const connectTimeoutMs = 5_000
/** After so long without a sign of life both ends give the connection up, as AMQP's heartbeat makes them. */
export const heartbeatTimeoutMs = 10_000

/** How long a quorum queue takes to have a message on disk; each one for itself, so confirms come out of order. */
const persistMs = { min: 0.5, spread: 4 }

/** The broker as one process sees it: every call and every event crosses a link that can be slow, stalled or cut. */
export function brokerOverNetwork(broker: Broker, network: NetworkOfBroker): Broker {
  return { connect: (name) => connectOver(broker, name, network) }
}

async function connectOver(
  broker: Broker,
  name: string,
  network: NetworkOfBroker,
): Promise<BrokerConnection> {
  const { time, link, random, process } = network
  const isAway = () => link.state.isCut || !network.isUp()
  await time.sleep(crossingMs(link, random))
  if (isAway()) {
    link.touched += 1
    throw new Error('connect ECONNREFUSED: the broker cannot be reached')
  }
  let inner: BrokerConnection | undefined
  const closers: ((reason: string) => void)[] = []
  const { promise: closed, resolve: isClosed } = Promise.withResolvers<string>()
  const connection = openConnection(link, time, random, {
    onServerClosed: () => void inner?.close(),
    onClientClosed() {
      if (!process.isAlive) return
      for (const close of closers) close('connection reset')
      isClosed('connection reset')
    },
  })
  process.onKilled(() => connection.drop())
  inner = await withTimeout(time, connection, () => call(connection, () => broker.connect(name)))
  const server = inner
  void server.closed.then(() => connection.reset())
  return {
    closed,
    declare: (layout) => call(connection, () => server.declare(layout)),
    openPublisher: (events) => openPublisher(server, events, connection, closers, network),
    openConsumer: (events) => openConsumer(server, events, connection, closers),
    async close() {
      await call(connection, () => server.close()).catch(() => undefined)
      isClosed('closed by us')
    },
  }
}

/** A question over the connection: never answered once the connection is gone, but refused. */
function call<T>(connection: Connection, ask: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (!connection.isOpen) return reject(new Error('the connection is closed'))
    connection.onReset(() => reject(new Error('the connection was reset')))
    connection.toServer(() => {
      ask().then(
        (value) => connection.toClient(() => resolve(value)),
        (error) => connection.toClient(() => reject(error)),
      )
    })
  })
}

function withTimeout<T>(time: VirtualTime, connection: Connection, ask: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timeout = time.after(connectTimeoutMs, () => {
      connection.reset()
      reject(new Error(`no answer to a connect within ${connectTimeoutMs} ms`))
    })
    ask()
      .then(resolve, reject)
      .finally(() => timeout.cancel())
  })
}

async function openPublisher(
  server: BrokerConnection,
  events: PublisherEvents,
  connection: Connection,
  closers: ((reason: string) => void)[],
  { time, random }: NetworkOfBroker,
): Promise<PublisherChannel> {
  let isOpen = true
  const close = (reason: string) => {
    if (!isOpen) return
    isOpen = false
    events.closed(reason)
  }
  /** The broker's answer waits for the disk; the client hears it one crossing later. */
  const whenPersisted = (tell: () => void) =>
    time.after(persistMs.min + random.next() * persistMs.spread, () => connection.toClient(tell))
  const inner = await call(connection, () =>
    server.openPublisher({
      acked: (tag, multiple) => whenPersisted(() => isOpen && events.acked(tag, multiple)),
      nacked: (tag, multiple) => whenPersisted(() => isOpen && events.nacked(tag, multiple)),
      returned: (id) => connection.toClient(() => isOpen && events.returned(id)),
      blocked: (reason) => connection.toClient(() => isOpen && events.blocked(reason)),
      closed: (reason) => connection.toClient(() => close(reason)),
    }),
  )
  closers.push(close)
  return {
    publish(target, message) {
      if (!isOpen) throw new Error('the channel is closed')
      connection.toServer(() => void inner.publish(target, message))
      return true
    },
    drained: async () => undefined,
    async close() {
      await call(connection, () => inner.close()).catch(() => undefined)
      close('closed by us')
    },
  }
}

async function openConsumer(
  server: BrokerConnection,
  events: ConsumerEvents,
  connection: Connection,
  closers: ((reason: string) => void)[],
): Promise<ConsumerChannel> {
  let isOpen = true
  const close = (reason: string) => {
    if (!isOpen) return
    isOpen = false
    events.closed(reason)
  }
  const inner = await call(connection, () =>
    server.openConsumer({
      delivered: (delivery) => connection.toClient(() => isOpen && events.delivered(delivery)),
      cancelled: () => connection.toClient(() => isOpen && events.cancelled()),
      closed: (reason) => connection.toClient(() => close(reason)),
    }),
  )
  closers.push(close)
  const tell = (action: () => void) => {
    if (!isOpen) throw new Error('the channel is closed')
    connection.toServer(action)
  }
  return {
    consume: (options) => call(connection, () => inner.consume(options)),
    cancel: () => call(connection, () => inner.cancel()),
    ack: (tag, multiple) => tell(() => inner.ack(tag, multiple)),
    nack: (tag, requeue) => tell(() => inner.nack(tag, requeue)),
    async close() {
      await call(connection, () => inner.close()).catch(() => undefined)
      close('closed by us')
    },
  }
}
