import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { createCircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { ReadOutcome, StoredOrder } from '../store/order-store.ts'
import { inProcessCache, type OrderCache, type SummaryOutcome } from './order-cache.ts'
import { readThrough } from './read-through.ts'

const order: StoredOrder = { orderId: 'a', state: 'done', digest: '00000001', payload: '{}', effects: [] }
const found = { kind: 'found', order: { orderId: 'a', digest: '00000001' } }

function world(cache: OrderCache = inProcessCache(10)) {
  const clock = new ManualClock()
  const state = { reads: 0, outcome: { kind: 'found', order } as ReadOutcome, answerMs: 0 }
  const store = {
    async read() {
      state.reads += 1
      const { outcome, answerMs } = state
      if (answerMs > 0) await clock.sleep(answerMs)
      return outcome
    },
  }
  const breaker = createCircuitBreaker({ clock, random: { next: () => 0.5 } })
  const reader = readThrough({ cache, breaker, store, clock, freshMs: 1_000, cacheTimeoutMs: 20 })
  const read = async (ms = 0) => {
    let outcome: SummaryOutcome | undefined
    reader('a').then((end) => {
      outcome = end
    })
    await clock.advance(ms)
    return outcome
  }
  return { clock, state, read, reader }
}

describe('reading through a cache', () => {
  it('asks the store once while the answer is fresh', async () => {
    const { state, read } = world()
    for (let n = 0; n < 5; n += 1) expect(await read()).toMatchObject(found)
    expect(state.reads).toBe(1)
  })

  it('asks the store once for all who ask at the same time', async () => {
    const { clock, state, reader } = world()
    state.answerMs = 100
    const all = Array.from({ length: 50 }, () => reader('a'))
    await clock.advance(100)
    expect(await Promise.all(all)).toHaveLength(50)
    expect(state.reads).toBe(1)
  })

  it('answers at once with what is stale, and refreshes it behind the answer', async () => {
    const { clock, state, read } = world()
    await read()
    await clock.advance(2_000)
    state.answerMs = 10_000
    expect(await read()).toMatchObject(found)
    expect(state.reads).toBe(2)
    await read()
    expect(state.reads).toBe(2)
  })

  it('answers with what it has while the store is away', async () => {
    const { clock, state, read } = world()
    await read()
    await clock.advance(60_000)
    state.outcome = { kind: 'away', cause: 'test' }
    expect(await read()).toMatchObject(found)
  })

  it('never remembers an order that is between its steps', async () => {
    const { state, read } = world()
    state.outcome = { kind: 'found', order: { ...order, state: 'reserving' } }
    expect(await read()).toMatchObject({ order: { state: 'reserving' } })
    state.outcome = { kind: 'found', order: { ...order, state: 'refused' } }
    expect(await read()).toMatchObject({ order: { state: 'refused' } })
    state.outcome = { kind: 'away', cause: 'test' }
    expect(await read()).toMatchObject({ order: { state: 'refused' } })
  })

  it('never remembers that an order is absent, nor that the store was away', async () => {
    const { state, read } = world()
    for (const outcome of [{ kind: 'absent' }, { kind: 'away', cause: 'test' }] as const) {
      state.outcome = outcome
      expect(await read()).toEqual(outcome)
    }
    state.outcome = { kind: 'found', order }
    expect(await read()).toMatchObject(found)
  })

  it.each([
    ['hangs', { get: () => new Promise<never>(() => {}), set: () => new Promise<never>(() => {}) }],
    ['fails', { get: () => Promise.reject(new Error('no')), set: () => Promise.reject(new Error('no')) }],
  ])('is right without a cache that %s, and soon no slower', async (_what, cache) => {
    const { state, read } = world(cache)
    for (let n = 0; n < 30; n += 1) expect(await read(20)).toMatchObject(found)
    expect(state.reads).toBe(30)
    // The breaker is open: nobody waits for the cache any more.
    expect(await read(0)).toMatchObject(found)
  })
})
