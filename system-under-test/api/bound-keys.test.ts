import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import type { OrderMessage, PublishOutcome } from '../queue/order-queue.ts'
import type { OrderState } from '../store/order-store.ts'
import { boundKeys } from './bound-keys.ts'

/** Four unfinished orders of each key, and a store that knows what it is told to know. */
function bounded(outcomeOf: (message: OrderMessage) => PublishOutcome = () => ({ kind: 'confirmed' })) {
  const clock = new ManualClock()
  const stored = new Map<string, OrderState>()
  const asked: string[] = []
  const publisher = boundKeys({
    publisher: { publish: async (message) => outcomeOf(message) },
    store: {
      async read(orderId) {
        asked.push(orderId)
        const order = { orderId, state: stored.get(orderId) ?? 'done', digest: '', payload: '', effects: [] }
        return stored.has(orderId) ? { kind: 'found', order } : { kind: 'absent' }
      },
    },
    clock,
    unfinishedMax: 4,
    keysMax: 100,
  })
  const publish = async (orderId: string, key = 'k') => {
    const message = {
      orderId,
      key,
      payload: '{}',
      digest: '',
      criticality: 'high',
      publishedAtMs: 0,
    } as const
    const outcome = await publisher.publish(message, 1_000)
    return outcome.kind === 'refused' ? outcome.cause : outcome.kind
  }
  const publishAll = async (ids: readonly string[]) => {
    for (const id of ids) expect(await publish(id)).toBe('confirmed')
  }
  return { clock, stored, asked, publish, publishAll, isFull: publisher.isFull }
}

describe('keys that are bound', () => {
  it('refuse one that has too much that is not finished, and take from no other', async () => {
    const { isFull, publish, publishAll } = bounded()
    await publishAll(['a', 'b', 'c', 'd'])
    expect(await publish('e')).toBe('hot-key')
    expect(await publish('e', 'l')).toBe('confirmed')
    expect([isFull('k'), isFull('l')]).toEqual([true, false])
  })

  it('ask nobody about a key below its bound', async () => {
    const { asked, publishAll, publish } = bounded()
    await publishAll(['a', 'b', 'c', 'd'])
    for (const key of ['l', 'm', 'n']) await publish(`of ${key}`, key)
    expect(asked).toEqual([])
  })

  it('take as many more as are stored meanwhile', async () => {
    const { stored, publish, publishAll } = bounded()
    await publishAll(['a', 'b', 'c', 'd'])
    for (const id of ['a', 'b', 'c']) stored.set(id, 'done')
    for (const id of ['e', 'f', 'g']) expect(await publish(id)).toBe('confirmed')
    expect(await publish('h')).toBe('hot-key')
  })

  it('take for done what went to the dead letters before one that is stored', async () => {
    const { stored, publish, publishAll } = bounded()
    await publishAll(['poison 1', 'b', 'poison 2', 'd'])
    stored.set('b', 'done')
    for (const id of ['e', 'f']) expect(await publish(id)).toBe('confirmed')
    expect(await publish('g')).toBe('hot-key')
  })

  it('do not take for done what is between two steps', async () => {
    const { stored, publish, publishAll } = bounded()
    await publishAll(['a', 'b', 'c', 'd'])
    for (const id of ['a', 'b']) stored.set(id, 'reserving')
    expect(await publish('e')).toBe('hot-key')
  })

  it('look only so often, and let only two wait for it', async () => {
    const { clock, asked, isFull, publish, publishAll } = bounded()
    await publishAll(['a', 'b', 'c', 'd'])
    expect(isFull('k')).toBe(false)
    const hopeful = [publish('e'), publish('f')]
    expect(isFull('k')).toBe(true)
    expect(await publish('g')).toBe('hot-key')
    expect(await Promise.all(hopeful)).toEqual(['hot-key', 'hot-key'])
    expect(asked).toEqual(['a', 'b', 'c', 'd'])
    await clock.advance(49)
    expect(await publish('h')).toBe('hot-key')
    expect(asked).toHaveLength(4)
    await clock.advance(1)
    expect(isFull('k')).toBe(false)
    await publish('i')
    expect(asked).toHaveLength(8)
  })

  it('count nothing that was refused by the broker', async () => {
    const { publish, publishAll } = bounded(({ orderId }) =>
      orderId.startsWith('x') ? { kind: 'refused', cause: 'full' } : { kind: 'confirmed' },
    )
    for (const id of ['x1', 'x2', 'x3', 'x4']) expect(await publish(id)).toBe('full')
    await publishAll(['a', 'b', 'c', 'd'])
    expect(await publish('e')).toBe('hot-key')
  })

  it('forget after a minute what nobody heard of', async () => {
    const { clock, publish, publishAll } = bounded()
    await publishAll(['a', 'b', 'c', 'd'])
    await clock.advance(59_000)
    expect(await publish('e')).toBe('hot-key')
    await clock.advance(1_000)
    expect(await publish('e')).toBe('confirmed')
  })
})
