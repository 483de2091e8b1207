import { describe, expect, it } from 'vitest'
import { order, requestOf, type ServiceOptions, serviceInMemory } from '../api/service.fixture.ts'
import { deadLetterQueue, ordersQueue } from '../queue/queue-layout.ts'
import type { StoreFate } from '../store/in-memory-store.ts'

/** A service with accepted orders in the queue, and no worker yet. */
async function withOrders(ids: readonly string[], options: ServiceOptions = {}, own: unknown = order) {
  const service = serviceInMemory(options)
  const api = service.api()
  await service.clock.advance(0)
  // Fifty at a time: a larger crowd would be shed at the door.
  for (let n = 0; n < ids.length; n += 50) {
    const answers = ids.slice(n, n + 50).map((id) => api.submit(requestOf(id, { order: own })))
    await service.clock.advance(200)
    for (const { status } of await Promise.all(answers)) expect(status).toBe(202)
  }
  const effects = () => service.store.orders().map(({ orderId, effects }) => [orderId, effects.length])
  const dead = () => service.broker.messages(deadLetterQueue).map(({ headers }) => headers)
  return { ...service, effects, dead, depth: () => service.broker.depth(ordersQueue) }
}

const nothing = { ready: 0, unacknowledged: 0 }

describe('a worker', () => {
  it('carries each order out once, and then forgets it', async () => {
    const { worker, clock, effects, depth } = await withOrders(['a', 'b'])
    worker()
    await clock.advance(10)
    expect(effects()).toEqual([
      ['a', 1],
      ['b', 1],
    ])
    expect(depth()).toEqual(nothing)
  })

  it('moves what can never be carried out to the dead letters, with its reason', async () => {
    const poison = { ...order, items: [{ sku: 'unknown-1', quantity: 1 }] }
    const { worker, clock, effects, dead, depth } = await withOrders(['a'], {}, poison)
    worker()
    await clock.advance(10)
    expect(dead()).toMatchObject([{ 'x-order-id': 'a', 'x-reason': 'poison', 'x-worker': 'worker-1' }])
    expect([effects(), depth()]).toEqual([[], nothing])
  })

  it('moves a conflict that slipped through to the dead letters', async () => {
    const { worker, api, clock, effects, dead } = await withOrders(['a'])
    const replica = api('api-2')
    await clock.advance(0)
    replica.submit(requestOf('a', { order: { ...order, customer: 'c2' } }))
    await clock.advance(10)
    worker()
    await clock.advance(10)
    expect(effects()).toEqual([['a', 1]])
    expect(dead()).toMatchObject([{ 'x-order-id': 'a', 'x-reason': 'conflict' }])
  })

  it('does nothing twice when the same order was published twice', async () => {
    const { worker, api, clock, effects, depth } = await withOrders(['a'])
    const replica = api('api-2')
    await clock.advance(0)
    replica.submit(requestOf('a'))
    await clock.advance(10)
    worker('worker-1')
    worker('worker-2')
    await clock.advance(10)
    expect(effects()).toEqual([['a', 1]])
    expect(depth()).toEqual(nothing)
  })

  it('does nothing twice when another one died after its write and before its acknowledgement', async () => {
    const { worker, clock, broker, effects, depth } = await withOrders(['a'], {
      brokerHooks: { linkMs: (connection) => (connection === 'worker-1' ? 50 : 0) },
    })
    worker('worker-1')
    for (let n = 0; n < 1_000 && effects().length === 0; n += 1) await clock.advance(1)
    broker.forget((name) => name.startsWith('worker-1'))
    expect(depth()).toEqual({ ready: 1, unacknowledged: 0 })
    const second = worker('worker-2')
    await clock.advance(10)
    expect(effects()).toEqual([['a', 1]])
    expect((await second.metrics.before.get()).values[0]?.value).toBe(1)
    expect(depth()).toEqual(nothing)
  })

  it('holds no more than its prefetch', async () => {
    const ids = Array.from({ length: 10 }, (_, n) => `a${n}`)
    const { worker, clock, depth } = await withOrders(ids, {
      env: { PREFETCH: '3' },
      storeHooks: { answerMs: (operation) => (operation === 'write' ? 500 : 0) },
    })
    worker()
    await clock.advance(100)
    expect(depth()).toEqual({ ready: 7, unacknowledged: 3 })
  })
})

describe('a worker whose store is away', () => {
  function storeThat(fate: StoreFate) {
    const state = { fate, writes: 0, pings: 0 }
    const storeHooks = {
      fate: (operation: string) => {
        if (operation === 'write') state.writes += 1
        if (operation === 'ping') state.pings += 1
        return state.fate
      },
    }
    return { state, storeHooks }
  }

  it.each<StoreFate>(['away', 'lost before'])('keeps what it holds and takes no more (%s)', async (fate) => {
    const { state, storeHooks } = storeThat(fate)
    const ids = Array.from({ length: 10 }, (_, n) => `a${n}`)
    const { worker, clock, effects, dead, depth, broker } = await withOrders(ids, {
      env: { PREFETCH: '3' },
      storeHooks,
    })
    worker()
    await clock.advance(600_000)
    expect(depth()).toEqual({ ready: 7, unacknowledged: 3 })
    expect(state.writes).toBeLessThanOrEqual(6)
    state.fate = 'answered'
    await clock.advance(5_000)
    expect(effects().map(([, count]) => count)).toEqual(Array(10).fill(1))
    expect([dead(), depth()]).toEqual([[], nothing])
    expect(broker.messages(ordersQueue)).toEqual([])
  })

  it('asks for the store now and then, not once for each order', async () => {
    const { state, storeHooks } = storeThat('away')
    const { worker, clock } = await withOrders(['a', 'b', 'c'], { storeHooks })
    worker()
    await clock.advance(60_000)
    // One look after 0.1 s at the earliest, and later ones 2.1 s apart at most.
    expect(state.pings).toBeGreaterThan(25)
    expect(state.pings).toBeLessThan(120)
    expect(state.writes).toBe(3)
  })

  it('tries writes less and less often if the store answers, and takes none', async () => {
    const state = { writes: 0 }
    const storeHooks = {
      fate(operation: string): StoreFate {
        if (operation === 'write') state.writes += 1
        return operation === 'write' ? 'away' : 'answered'
      },
    }
    const { worker, clock } = await withOrders(['a'], { storeHooks })
    worker()
    await clock.advance(60_000)
    expect(state.writes).toBeGreaterThan(20)
    expect(state.writes).toBeLessThan(120)
  })
})

describe('a worker whose answers from the store are lost', () => {
  it('reads back what it wrote, and does not write it again', async () => {
    let writes = 0
    const storeHooks = {
      fate(operation: string): StoreFate {
        if (operation !== 'write') return 'answered'
        writes += 1
        return 'lost after'
      },
    }
    const { worker, clock, effects, depth } = await withOrders(['a'], { storeHooks })
    worker()
    await clock.advance(2_100)
    expect(effects()).toEqual([['a', 1]])
    expect([writes, depth()]).toEqual([1, nothing])
  })

  it('has one effect also if the write that seemed lost comes through after its successor', async () => {
    let writes = 0
    const storeHooks = {
      fate(operation: string): StoreFate {
        if (operation !== 'write') return 'answered'
        writes += 1
        return writes === 1 ? 'late' : 'answered'
      },
      answerMs: () => 10,
    }
    const { worker, clock, effects, depth } = await withOrders(['a'], { storeHooks })
    worker()
    await clock.advance(5_000)
    expect(effects()).toEqual([['a', 1]])
    expect([writes, depth()]).toEqual([2, nothing])
  })

  it('retries at most a tenth more than it does', async () => {
    const ids = Array.from({ length: 200 }, (_, n) => `a${n}`)
    const state = { writes: 0 }
    const storeHooks = {
      fate(operation: string): StoreFate {
        if (operation !== 'write') return 'answered'
        state.writes += 1
        return 'lost before'
      },
    }
    const { worker, clock, depth } = await withOrders(ids, { storeHooks })
    worker()
    await clock.advance(2_000)
    expect(depth()).toEqual({ ready: 72, unacknowledged: 128 })
    // 128 first attempts, 10 saved retries and a tenth of 128.
    expect(state.writes).toBeLessThanOrEqual(128 + 10 + 13)
  })
})

describe('a worker that is told to stop', () => {
  it('finishes what it holds, and gives back nothing', async () => {
    const { worker, clock, effects, depth } = await withOrders(['a', 'b'], {
      storeHooks: { answerMs: (operation) => (operation === 'write' ? 1_000 : 0) },
    })
    const running = worker()
    await clock.advance(100)
    const stopped = running.stop()
    await clock.advance(4_000)
    await stopped
    expect(effects()).toHaveLength(2)
    expect(depth()).toEqual(nothing)
  })

  it('gives back at once what it cannot finish because the store is away', async () => {
    const { worker, clock, depth } = await withOrders(['a'], { storeHooks: { fate: () => 'away' } })
    const running = worker()
    await clock.advance(1_000)
    const stopped = running.stop()
    await clock.advance(3_000)
    await stopped
    expect(depth()).toEqual({ ready: 1, unacknowledged: 0 })
  })
})

describe('a worker whose dead letters cannot be published', () => {
  it('does not lose them, and tries again', async () => {
    const poison = { ...order, items: [{ sku: 'poison', quantity: 1 }] }
    const { worker, clock, broker, dead, depth } = await withOrders(['a'], {}, poison)
    broker.block('disk')
    worker()
    await clock.advance(10_000)
    expect([dead(), depth()]).toEqual([[], { ready: 0, unacknowledged: 1 }])
    broker.block(undefined)
    await clock.advance(3_000)
    expect(dead()).toMatchObject([{ 'x-reason': 'poison' }])
    expect(depth()).toEqual(nothing)
  })
})
