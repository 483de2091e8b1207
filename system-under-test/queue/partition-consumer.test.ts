import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { silentLog } from '../telemetry/log.ts'
import { createConfirmingPublisher } from './confirming-publisher.ts'
import type { Held } from './held.ts'
import { InMemoryBroker } from './in-memory-broker.ts'
import { createPartitionConsumer } from './partition-consumer.ts'
import { consumerPriority, orderQueues, orderRoutes } from './partitions.ts'

const routes = orderRoutes({ queueLengthMax: 1_000, partitions: 2 })
const names = ['worker-1', 'worker-2']

/** Two consumers of two partitions, and orders of one key. `first` is the one that has its partition. */
async function twoConsumers() {
  const clock = new ManualClock()
  const broker = new InMemoryBroker({ clock })
  const shared = { broker, clock, random: { next: () => 0.5 }, log: silentLog, reconnectMsMax: 100 }
  const publisher = createConfirmingPublisher({ ...shared, routes, name: 'publisher' })
  const consumers = names.map((name) => {
    const taken: Held[] = []
    const { layout, queues } = routes
    const deliver = (held: Held) => void taken.push(held)
    const consumer = createPartitionConsumer({ ...shared, layout, queues, name, prefetch: 8, deliver })
    const ids = () => taken.map(({ delivery }) => String(delivery.message.headers['x-order-id']))
    return { name, consumer, taken, ids }
  })
  await clock.advance(10)
  const publish = async (...ids: string[]) => {
    for (const orderId of ids) {
      const order = { payload: '{}', digest: '', criticality: 'high', publishedAtMs: 0 } as const
      publisher.publish({ ...order, orderId, key: 'k' }, 1_000)
    }
    await clock.advance(10)
  }
  await publish('a')
  const [first, second] = consumers.toSorted((a, b) => b.taken.length - a.taken.length) as [
    (typeof consumers)[number],
    (typeof consumers)[number],
  ]
  return { clock, broker, first, second, publish }
}

describe('the consumer of partitions', () => {
  it('leaves each partition to the one that wants it most', async () => {
    const { first, second, publish } = await twoConsumers()
    await publish('b', 'c')
    expect(first.ids()).toEqual(['a', 'b', 'c'])
    expect(second.ids()).toEqual([])
    const queue = orderQueues(2).find(
      (each) => consumerPriority(first.name, each) > consumerPriority(second.name, each),
    )
    expect(queue).toBeDefined()
  })

  it('holds back what comes during a pause, keeps its place, and hands it on afterwards', async () => {
    const { clock, first, second, publish } = await twoConsumers()
    await first.consumer.pause()
    await publish('b', 'c')
    await clock.advance(4_900)
    expect([first.ids(), second.ids()]).toEqual([['a'], []])
    await first.consumer.resume()
    expect(first.ids()).toEqual(['a', 'b', 'c'])
  })

  it('leaves its partitions to others when the pause lasts, in order, and takes them again after it', async () => {
    const { clock, first, second, publish } = await twoConsumers()
    await publish('b')
    await first.consumer.pause()
    await publish('c')
    await clock.advance(5_200)
    expect(second.ids()).toEqual(['a', 'b', 'c'])
    expect(first.taken.every((held) => !held.isOurs())).toBe(true)
    expect(first.consumer.isConnected()).toBe(true)
    for (const held of second.taken) held.ack()
    await first.consumer.resume()
    await publish('d')
    expect(first.ids()).toEqual(['a', 'b', 'd'])
  })

  it('waits twice as long before it leaves them again, as each time counts against an order', async () => {
    const { clock, first, second } = await twoConsumers()
    await first.consumer.pause()
    await clock.advance(5_200)
    expect(second.ids()).toEqual(['a'])
    await first.consumer.resume()
    await second.consumer.stop()
    await clock.advance(100)
    expect(first.ids()).toEqual(['a', 'a'])
    await first.consumer.pause()
    await clock.advance(9_900)
    expect(first.taken.at(-1)?.isOurs()).toBe(true)
    await clock.advance(200)
    expect(first.taken.at(-1)?.isOurs()).toBe(false)
  })
})
