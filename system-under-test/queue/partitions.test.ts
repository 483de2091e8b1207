import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consumerPriority, orderRoutes, partitionOf } from './partitions.ts'
import { orderQueueLayout } from './queue-layout.ts'

const keys = Array.from({ length: 10_000 }, (_, n) => `customer-${n}`)

describe('the partition of a key, for all keys and numbers of partitions', () => {
  it('stays where it was, or moves to the partition that is new', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 63 }), (key, partitions) => {
        const before = partitionOf(key, partitions)
        expect(before).toBeLessThan(partitions)
        expect([before, partitions]).toContain(partitionOf(key, partitions + 1))
      }),
    )
  })
})

describe('the partitions of many keys', () => {
  it.each([2, 4, 8, 32])('are of about the same size, and one more than %i takes about its share', (n) => {
    const share = keys.length / n
    const sizes = Array.from({ length: n }, () => 0)
    for (const key of keys) sizes[partitionOf(key, n)] = (sizes[partitionOf(key, n)] ?? 0) + 1
    // A fifth: five times the standard deviation of the smallest of these partitions, 18 of 313.
    const most = n === 32 ? 0.3 : 0.1
    for (const size of sizes) expect(Math.abs(size / share - 1)).toBeLessThan(most)
    const moved = keys.filter((key) => partitionOf(key, n) !== partitionOf(key, n + 1)).length
    expect(Math.abs(moved / (keys.length / (n + 1)) - 1)).toBeLessThan(most)
  })

  it('are shared among workers that know nothing of each other, so that each has some', () => {
    const queues = orderRoutes({ queueLengthMax: 100, partitions: 8 }).queues
    const ownersOf = (workers: readonly string[]) =>
      queues.map((queue) =>
        workers.toSorted((a, b) => consumerPriority(b, queue) - consumerPriority(a, queue)).at(0),
      )
    expect(new Set(ownersOf(['worker-1', 'worker-2'])).size).toBe(2)
    const three = ownersOf(['worker-1', 'worker-2', 'worker-3'])
    // Who comes takes; between those who were there nothing moves.
    ownersOf(['worker-1', 'worker-2']).forEach((owner, at) => {
      expect([owner, 'worker-3']).toContain(three[at])
    })
  })
})

describe('the routes of orders', () => {
  const message = {
    orderId: 'o-1',
    payload: '{}',
    digest: '00000000',
    criticality: 'high',
    publishedAtMs: 0,
  } as const

  it('are the one queue, as ever, where nothing is partitioned', () => {
    const routes = orderRoutes({ queueLengthMax: 100, partitions: 1 })
    expect(routes.layout).toEqual(orderQueueLayout(100))
    expect(routes.targetOf({ ...message, key: 'k' })).toEqual({ exchange: 'orders', routingKey: 'order' })
  })

  it('are queues like it, each with its share of the length and one consumer at a time', () => {
    const { layout, queues, targetOf } = orderRoutes({ queueLengthMax: 100, partitions: 3 })
    expect(queues).toEqual(['orders.0', 'orders.1', 'orders.2'])
    const [orders] = orderQueueLayout(34).queues
    expect(layout.queues[1]).toEqual({ ...orders, name: 'orders.1', singleActiveConsumer: true })
    expect(layout.queues.map(({ name }) => name)).toEqual([...queues, 'orders.dead'])
    const target = targetOf({ ...message, key: 'customer-7' })
    const bound = layout.bindings.filter(({ routingKey }) => routingKey === target.routingKey)
    expect(bound).toEqual([{ ...target, queue: queues[partitionOf('customer-7', 3)] }])
  })

  it('lead one key to one queue, whatever the order', () => {
    const { targetOf } = orderRoutes({ queueLengthMax: 100, partitions: 8 })
    const targets = keys.slice(0, 50).map((orderId) => targetOf({ ...message, orderId, key: 'k' }).routingKey)
    expect(new Set(targets).size).toBe(1)
  })
})
