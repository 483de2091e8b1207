import { describe, expect, it } from 'vitest'
import type { StoreFate } from '../store/in-memory-store.ts'
import { requestOf, serviceInMemory } from './service.fixture.ts'

describe('reading an order', () => {
  it('says "accepted" of what is not stored yet, also while the store is away', async () => {
    const { api, clock, answerAfter } = serviceInMemory({ storeHooks: { fate: () => 'away' } })
    const replica = api()
    await clock.advance(0)
    await answerAfter(0, replica.submit(requestOf('a')))
    expect(await answerAfter(0, replica.read('a'))).toMatchObject({
      status: 200,
      body: { status: 'accepted' },
    })
  })

  it.each([
    ['reserving', 'accepted'],
    ['done', 'done'],
    ['refused', 'refused'],
  ] as const)('says of an order that is %s: %s', async (state, status) => {
    const { api, store, clock, answerAfter } = serviceInMemory()
    const replica = api()
    await clock.advance(0)
    const order = { state, digest: '00000001', payload: '{}' }
    await store.connect().write({ orderId: 'a', order, effects: [], onlyIfAbsent: true })
    const answer = await answerAfter(0, replica.read('a'))
    expect(answer).toMatchObject({ status: 200, body: { orderId: 'a', status } })
  })

  it('does not call an order unknown that it only cannot look for', async () => {
    const { api, clock, answerAfter } = serviceInMemory({ storeHooks: { fate: () => 'away' } })
    const replica = api()
    await clock.advance(0)
    const answer = await answerAfter(0, replica.read('a'))
    expect(answer).toMatchObject({ status: 503, body: { error: 'store-away' } })
    expect(Number(answer?.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  })

  it('takes nothing from those who write, however many read a store that hangs', async () => {
    const storeHooks = {
      fate: (): StoreFate => 'answered',
      answerMs: (operation: string) => (operation === 'read' ? 9_999 : 0),
    }
    const { api, clock, answerAfter } = serviceInMemory({ storeHooks })
    const replica = api()
    await clock.advance(0)
    const reads = Array.from({ length: 100 }, () => replica.read('a'))
    expect(await answerAfter(0, replica.submit(requestOf('b')))).toMatchObject({ status: 202 })
    await clock.advance(2_000)
    expect((await Promise.all(reads)).every(({ status }) => status === 503)).toBe(true)
  })
})
