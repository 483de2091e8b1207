import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { digestOf } from '../orders/digest.ts'
import { parseOrder } from '../orders/order.ts'
import { stockSums } from '../orders/stock-sums.ts'
import type { OrderMessage } from '../queue/order-queue.ts'
import { createRetryBudget } from '../resilience/retry-budget.ts'
import { InMemoryStore, type StoreFate } from '../store/in-memory-store.ts'
import { createWorkerMetrics } from '../telemetry/metrics.ts'
import type { Settlement } from './carry-out.ts'
import { createSaga } from './saga.ts'

const good = {
  customer: 'c',
  items: [
    { sku: 'a', quantity: 2 },
    { sku: 'b', quantity: 1 },
  ],
}
const impossible = {
  customer: 'c',
  items: [
    { sku: 'a', quantity: 2 },
    { sku: 'unknown-1', quantity: 1 },
  ],
}

function messageOf(orderId: string, order: object): OrderMessage {
  const payload = JSON.stringify(order)
  return { orderId, payload, digest: digestOf(payload), criticality: 'high', publishedAtMs: 0 }
}

/** A store that several workers share; each has its own fates, one for each write in turn, and then good answers. */
function world() {
  const clock = new ManualClock()
  const store = new InMemoryStore({ clock, timeoutMs: 100 })
  let drawn = 0
  const random = { next: () => (drawn += 0.001) }
  const worker = (name: string, fates: readonly StoreFate[] = [], budget = 10) => {
    const left = [...fates]
    const fate = (operation: string) => (operation === 'write' ? (left.shift() ?? 'answered') : 'answered')
    return createSaga({
      store: store.connect({ fate }),
      random,
      worker: name,
      budget: createRetryBudget(0, budget),
      metrics: createWorkerMetrics(),
    })
  }
  const end = async (settling: Promise<Settlement>) => {
    await clock.advance(10_000)
    return settling
  }
  const sums = () => {
    const done = store.orders().filter(({ state }) => state === 'done')
    const parsed = done.flatMap(({ orderId, payload }) => {
      const order = parseOrder(payload)
      return order.kind === 'order' ? [[orderId, order.order] as const] : []
    })
    return stockSums(
      new Map(parsed),
      store.stock().filter(({ state }) => state === 'held'),
    )
  }
  return { store, worker, end, sums }
}

describe('an order in two steps', () => {
  it('has its pieces put aside and is confirmed, with one effect', async () => {
    const { store, worker, end, sums } = world()
    expect(await end(worker('w1')(messageOf('o1', good)))).toEqual({ kind: 'done', before: false })
    expect(store.orders()).toMatchObject([{ state: 'done', effects: [{ worker: 'w1' }] }])
    expect(sums()).toEqual({ ordered: 3, held: 3, astray: [] })
  })

  it('that cannot be done is refused, gives its pieces back, and is dead', async () => {
    const { store, worker, end, sums } = world()
    const settlement = await end(worker('w1')(messageOf('o1', impossible)))
    expect(settlement).toEqual({ kind: 'dead', reason: 'poison', detail: 'no warehouse has unknown-1' })
    expect(store.orders()).toMatchObject([{ state: 'refused', effects: [] }])
    expect(sums()).toEqual({ ordered: 0, held: 0, astray: [] })
  })

  it('is the first of two payloads, whatever became of it', async () => {
    const { worker, end } = world()
    await end(worker('w1')(messageOf('o1', good)))
    const second = messageOf('o1', { ...good, customer: 'd' })
    expect(await end(worker('w2')(second))).toMatchObject({ kind: 'dead', reason: 'conflict' })
  })

  it.each([0, 1, 2, 3])('that was left after %i steps is finished by the next delivery', async (steps) => {
    const { store, worker, end, sums } = world()
    const left = [...Array.from({ length: steps }, () => 'answered' as const), 'away' as const]
    expect(await end(worker('w1', left)(messageOf('o1', good)))).toMatchObject({ kind: 'wait' })
    expect(await end(worker('w2')(messageOf('o1', good)))).toMatchObject({ kind: 'done' })
    expect(store.orders()).toMatchObject([{ state: 'done', effects: [{ worker: 'w2' }] }])
    expect(sums().astray).toEqual([])
  })

  it.each([0, 1, 2, 3, 4, 5])(
    'that was left after %i steps of being refused is undone by the next',
    async (steps) => {
      const { worker, end, sums } = world()
      const left = [...Array.from({ length: steps }, () => 'answered' as const), 'away' as const]
      expect(await end(worker('w1', left)(messageOf('o1', impossible)))).toMatchObject({ kind: 'wait' })
      expect(await end(worker('w2')(messageOf('o1', impossible)))).toMatchObject({
        kind: 'dead',
        reason: 'poison',
      })
      expect(sums()).toEqual({ ordered: 0, held: 0, astray: [] })
    },
  )

  it.each(['lost before', 'lost after'] as const)(
    'is asked for again where an answer is %s',
    async (fate) => {
      for (let at = 0; at < 4; at += 1) {
        const { store, worker, end, sums } = world()
        const fates = [...Array.from({ length: at }, () => 'answered' as const), fate]
        expect(await end(worker('w1', fates)(messageOf('o1', good)))).toMatchObject({ kind: 'done' })
        expect(store.orders()).toMatchObject([{ state: 'done', effects: { length: 1 } }])
        expect(sums().astray).toEqual([])
      }
    },
  )

  it('waits for the store once its budget for asking again is spent', async () => {
    const { worker, end } = world()
    const saga = worker(
      'w1',
      Array.from({ length: 20 }, () => 'lost before'),
      3,
    )
    expect(await end(saga(messageOf('o1', good)))).toEqual({
      kind: 'wait',
      cause: 'the budget for retries is spent',
    })
  })

  it('taken by two workers at once has one effect, and its pieces once', async () => {
    const { store, worker, end, sums } = world()
    const both = [worker('w1')(messageOf('o1', good)), worker('w2')(messageOf('o1', good))]
    for (const settling of both) expect(await end(settling)).toMatchObject({ kind: 'done' })
    expect(store.orders()).toMatchObject([{ state: 'done', effects: { length: 1 } }])
    expect(sums()).toEqual({ ordered: 3, held: 3, astray: [] })
  })
})
