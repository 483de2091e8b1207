import { describe, expect, it } from 'vitest'
import type { OrderBatch, OrderStore } from './order-store.ts'

let orders = 0

function batchOf(digest: string, effectId: string, onlyIfAbsent = true): OrderBatch {
  orders += 1
  return {
    orderId: `contract-${process.pid}-${orders}`,
    order: { state: 'done', digest, payload: `{"note":"${digest} 🌊"}` },
    effects: [{ effectId, worker: 'w1' }],
    onlyIfAbsent,
  }
}

async function reserving(store: OrderStore): Promise<OrderBatch> {
  const batch = batchOf('00000001', '')
  const claim: OrderBatch = {
    ...batch,
    order: { state: 'reserving', digest: '00000001', payload: '{}' },
    effects: [],
  }
  expect(await store.write(claim)).toEqual({ kind: 'applied' })
  return claim
}

/** What is put aside of an article, as somebody says who looks past the port. */
export interface Held {
  readonly orderId: string
  readonly quantity: number
}

/** Facts that every adapter of the store's port must keep: one suite, run over each of them. */
export function describeOrderStore(
  name: string,
  connected: () => OrderStore,
  held: (sku: string) => Promise<readonly Held[]>,
): void {
  describe(`${name} as a store`, () => {
    it('keeps an order and its effect as they were written', async () => {
      const batch = batchOf('00000001', 'e0000001')
      expect(await connected().write(batch)).toEqual({ kind: 'applied' })
      const expected = { orderId: batch.orderId, ...batch.order, effects: batch.effects }
      for (const consistency of ['quorum', 'serial'] as const) {
        expect(await connected().read(batch.orderId, consistency)).toEqual({ kind: 'found', order: expected })
      }
    })

    it('says that an unknown order is absent', async () => {
      expect(await connected().read('nobody', 'quorum')).toEqual({ kind: 'absent' })
      expect(await connected().read('nobody', 'serial')).toEqual({ kind: 'absent' })
    })

    it('writes nothing at all of a conditional batch whose order is there', async () => {
      const batch = batchOf('00000001', 'e0000001')
      await connected().write(batch)
      const second = { ...batch, effects: [{ effectId: 'e0000002', worker: 'w2' }] }
      expect(await connected().write(second)).toEqual({ kind: 'exists', digest: '00000001' })
      const read = await connected().read(batch.orderId, 'quorum')
      expect(read).toMatchObject({ order: { effects: [{ effectId: 'e0000001' }] } })
    })

    it('tells which payload is there when another one comes', async () => {
      const batch = batchOf('00000001', 'e0000001')
      await connected().write(batch)
      const other = { ...batch, order: { state: 'done', digest: '00000002', payload: '{}' } } as const
      expect(await connected().write(other)).toEqual({ kind: 'exists', digest: '00000001' })
    })

    it('shows a doubled effect as a second row', async () => {
      const batch = batchOf('00000001', 'e0000001', false)
      await connected().write(batch)
      await connected().write({ ...batch, effects: [{ effectId: 'e0000002', worker: 'w2' }] })
      const read = await connected().read(batch.orderId, 'quorum')
      const ids = read.kind === 'found' ? read.order.effects.map(({ effectId }) => effectId) : []
      expect([...ids].sort()).toEqual(['e0000001', 'e0000002'])
    })

    it('lets one of many who write the same order at once', async () => {
      const batch = batchOf('00000001', '')
      const writers = Array.from({ length: 8 }, (_, n) =>
        connected().write({ ...batch, effects: [{ effectId: `e000000${n}`, worker: 'w' }] }),
      )
      const outcomes = await Promise.all(writers)
      const read = await connected().read(batch.orderId, 'serial')
      expect(read).toMatchObject({ kind: 'found', order: { effects: { length: 1 } } })
      expect(outcomes.filter(({ kind }) => kind === 'applied').length).toBeLessThanOrEqual(1)
    })

    it('knows the digests of many orders at once, and leaves out what it does not have', async () => {
      const one = batchOf('00000001', 'e0000001')
      const other = batchOf('00000002', 'e0000002')
      for (const batch of [one, other]) await connected().write(batch)
      const outcome = await connected().digestsOf([one.orderId, 'nobody', other.orderId])
      expect(outcome.kind === 'found' ? [...outcome.digests].sort() : outcome).toEqual(
        [
          [one.orderId, '00000001'],
          [other.orderId, '00000002'],
        ].sort(),
      )
    })

    it('keeps a payload of several hundred kilobytes that is not ASCII', async () => {
      const batch = batchOf('00000001', 'e0000001')
      const payload = '🌊Größe漢字'.repeat(30_000)
      await connected().write({ ...batch, order: { state: 'done', digest: '00000001', payload } })
      const read = await connected().read(batch.orderId, 'quorum')
      expect(read.kind === 'found' && read.order.payload === payload).toBe(true)
    })

    it('takes a step from the state that it leaves, with its effects, and no step twice', async () => {
      const { orderId } = await reserving(connected())
      const step = {
        orderId,
        from: 'reserving',
        to: 'done',
        effects: [{ effectId: 'e0000001', worker: 'w1' }],
      } as const
      expect(await connected().step(step)).toEqual({ kind: 'applied' })
      const second = { ...step, effects: [{ effectId: 'e0000002', worker: 'w2' }] }
      expect(await connected().step(second)).toEqual({ kind: 'stands', state: 'done' })
      expect(await connected().step({ ...second, to: 'refused' })).toEqual({ kind: 'stands', state: 'done' })
      const read = await connected().read(orderId, 'serial')
      expect(read).toMatchObject({
        order: { state: 'done', digest: '00000001', effects: [{ effectId: 'e0000001' }] },
      })
    })

    it('takes no step of an order that is not there', async () => {
      const step = { orderId: 'nobody', from: 'reserving', to: 'refused', effects: [] } as const
      expect(await connected().step(step)).toEqual({ kind: 'stands', state: undefined })
      expect(await connected().read('nobody', 'serial')).toEqual({ kind: 'absent' })
    })

    it('claims an order once, whatever became of it', async () => {
      const batch = await reserving(connected())
      expect(await connected().write(batch)).toEqual({ kind: 'exists', digest: '00000001' })
      await connected().step({ orderId: batch.orderId, from: 'reserving', to: 'refused', effects: [] })
      expect(await connected().write(batch)).toEqual({ kind: 'exists', digest: '00000001' })
      expect(await connected().read(batch.orderId, 'serial')).toMatchObject({ order: { state: 'refused' } })
    })

    it('settles what is held and what is released, in any order and any number of times', async () => {
      const reservation = { sku: `sku-${process.pid}`, orderId: batchOf('00000001', '').orderId, quantity: 3 }
      for (const act of ['hold', 'hold', 'release', 'release', 'hold'] as const) {
        expect(await connected()[act](reservation)).toEqual({ kind: 'settled' })
      }
      const other = { ...reservation, orderId: batchOf('00000001', '').orderId }
      expect(await connected().release(other)).toEqual({ kind: 'settled' })
      expect(await connected().hold(other)).toEqual({ kind: 'settled' })
      expect(await held(reservation.sku)).toEqual([])
      await connected().hold({ ...other, orderId: `${other.orderId}-b` })
      expect(await held(reservation.sku)).toEqual([{ orderId: `${other.orderId}-b`, quantity: 3 }])
    })

    it('answers a ping', async () => {
      expect(await connected().ping()).toBe(true)
    })
  })
}
