import { afterEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { digestOf } from '../orders/digest.ts'
import { silentLog } from '../telemetry/log.ts'
import type { Broker, PublisherEvents } from './broker.ts'
import { type ConfirmingPublisher, createConfirmingPublisher } from './confirming-publisher.ts'
import { type BrokerHooks, InMemoryBroker } from './in-memory-broker.ts'
import { orderRoutes } from './partitions.ts'
import { deadLetterQueue, ordersQueue } from './queue-layout.ts'

const orderOf = (orderId: string) => {
  const payload = `{"of":"${orderId}"}`
  return { orderId, payload, digest: digestOf(payload), criticality: 'high', publishedAtMs: 0 } as const
}

const clock = new ManualClock()
const started: ConfirmingPublisher[] = []

function publisherOn(broker: Broker): ConfirmingPublisher {
  const publisher = createConfirmingPublisher({
    broker,
    routes: orderRoutes({ queueLengthMax: 3, partitions: 1 }),
    name: 'api-1',
    clock,
    random: { next: () => 0.5 },
    log: silentLog,
    reconnectMsMax: 1_000,
  })
  started.push(publisher)
  return publisher
}

async function connected(hooks: BrokerHooks = {}) {
  const broker = new InMemoryBroker({ clock, hooks })
  const publisher = publisherOn(broker)
  await clock.advance(0)
  return { broker, publisher }
}

/** The outcome of a publish after so much time, or that it still waits. */
async function outcomeAfter(ms: number, publishing: Promise<unknown>): Promise<unknown> {
  let outcome: unknown = 'waits'
  publishing.then((end) => {
    outcome = end
  })
  await clock.advance(ms)
  return outcome
}

afterEach(async () => {
  const stops = started.splice(0).map((publisher) => publisher.stop(0))
  await clock.advance(2_000)
  await Promise.all(stops)
})

describe('a confirming publisher', () => {
  it('confirms what is in the queue', async () => {
    const { broker, publisher } = await connected()
    expect(await outcomeAfter(0, publisher.publish(orderOf('a'), 1_000))).toEqual({ kind: 'confirmed' })
    expect(broker.messages(ordersQueue)).toHaveLength(1)
  })

  it('waits for the confirm, however long the deadline allows', async () => {
    const { publisher } = await connected({ confirmMs: () => 500 })
    const publishing = publisher.publish(orderOf('a'), 1_000)
    expect(await outcomeAfter(499, publishing)).toBe('waits')
    expect(await outcomeAfter(1, publishing)).toEqual({ kind: 'confirmed' })
  })

  it('is unsure once the deadline has passed', async () => {
    const { publisher } = await connected({ losesConfirm: () => true })
    const publishing = publisher.publish(orderOf('a'), 1_000)
    expect(await outcomeAfter(1_050, publishing)).toEqual({ kind: 'unsure', cause: 'confirm is late' })
  })

  it('is unsure of what was on its way when the connection ended', async () => {
    const { broker, publisher } = await connected({ confirmMs: () => 500 })
    const publishing = publisher.publish(orderOf('a'), 1_000)
    await clock.advance(100)
    broker.cut(() => true)
    expect(await outcomeAfter(0, publishing)).toEqual({ kind: 'unsure', cause: 'channel closed' })
  })

  it('refuses at once while there is no connection, and comes back by itself', async () => {
    const { broker, publisher } = await connected()
    broker.stop()
    const refused = { kind: 'refused', cause: 'away' }
    expect(await outcomeAfter(0, publisher.publish(orderOf('a'), 1_000))).toEqual(refused)
    expect(publisher.isReady()).toBe(false)
    broker.start()
    await clock.advance(1_100)
    expect(publisher.isReady()).toBe(true)
    expect(await outcomeAfter(0, publisher.publish(orderOf('a'), 1_000))).toEqual({ kind: 'confirmed' })
  })

  it('refuses what the queue is too full for', async () => {
    const { publisher } = await connected()
    const all = ['a', 'b', 'c', 'd'].map((id) => publisher.publish(orderOf(id), 1_000))
    await clock.advance(0)
    expect((await Promise.all(all)).map(({ kind }) => kind)).toEqual([
      'confirmed',
      'confirmed',
      'confirmed',
      'refused',
    ])
  })

  it('refuses what no queue is bound for, and declares what is missing', async () => {
    const { broker, publisher } = await connected()
    broker.unbind(ordersQueue)
    const refused = { kind: 'refused', cause: 'unroutable' }
    expect(await outcomeAfter(0, publisher.publish(orderOf('a'), 1_000))).toEqual(refused)
    expect(await outcomeAfter(0, publisher.publish(orderOf('a'), 1_000))).toEqual({ kind: 'confirmed' })
  })

  it('refuses while the broker takes nothing', async () => {
    const { broker, publisher } = await connected()
    broker.block('disk')
    await clock.advance(0)
    expect(publisher.isReady()).toBe(false)
    const refused = { kind: 'refused', cause: 'away' }
    expect(await outcomeAfter(0, publisher.publish(orderOf('a'), 1_000))).toEqual(refused)
    broker.block(undefined)
    await clock.advance(0)
    expect(await outcomeAfter(0, publisher.publish(orderOf('a'), 1_000))).toEqual({ kind: 'confirmed' })
  })

  it('puts dead letters where they belong, with their reason', async () => {
    const { broker, publisher } = await connected()
    await outcomeAfter(0, publisher.publishDead(orderOf('a'), { 'x-reason': 'poison' }, 1_000))
    expect(broker.messages(deadLetterQueue)[0]?.headers).toMatchObject({
      'x-order-id': 'a',
      'x-reason': 'poison',
    })
  })

  it('waits for its last confirms before it stops', async () => {
    const { publisher } = await connected({ confirmMs: () => 300 })
    const publishing = publisher.publish(orderOf('a'), 1_000)
    await clock.advance(0)
    const stopping = publisher.stop(1_000)
    expect(await outcomeAfter(310, publishing)).toEqual({ kind: 'confirmed' })
    await stopping
  })
})

describe('a confirming publisher whose socket is full', () => {
  it('sends no more until there is room, and refuses what waited too long', async () => {
    const { broker, sent, room } = brokerWithFullSocket()
    const publisher = publisherOn(broker)
    await clock.advance(0)
    publisher.publish(orderOf('a'), 1_000)
    const second = publisher.publish(orderOf('b'), 500)
    const third = publisher.publish(orderOf('c'), 5_000)
    expect(await outcomeAfter(500, second)).toEqual({ kind: 'refused', cause: 'away' })
    expect(sent).toEqual(['a'])
    room()
    await clock.advance(0)
    expect(sent).toEqual(['a', 'c'])
    expect(await outcomeAfter(5_000, third)).toEqual({ kind: 'unsure', cause: 'confirm is late' })
  })
})

/** A broker whose every publish fills the socket, and that confirms nothing. */
function brokerWithFullSocket() {
  const sent: unknown[] = []
  let room: () => void = () => {}
  let events: PublisherEvents | undefined
  let closed: (reason: string) => void = () => {}
  const end = new Promise<string>((resolve) => {
    closed = resolve
  })
  const broker: Broker = {
    connect: async () => ({
      closed: end,
      declare: async () => {},
      openConsumer: () => Promise.reject(new Error('not here')),
      async openPublisher(given) {
        events = given
        return {
          publish(_target, message) {
            sent.push(message.headers['x-order-id'])
            return false
          },
          drained: () =>
            new Promise((resolve) => {
              room = resolve
            }),
          close: async () => {},
        }
      },
      async close() {
        closed('closed')
        const open = events
        events = undefined
        open?.closed('closed')
      },
    }),
  }
  return { broker, sent, room: () => room() }
}
