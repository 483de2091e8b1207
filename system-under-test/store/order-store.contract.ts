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

/** Facts that every adapter of the store's port must keep: one suite, run over each of them. */
export function describeOrderStore(name: string, connected: () => OrderStore): void {
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

    it('answers a ping', async () => {
      expect(await connected().ping()).toBe(true)
    })
  })
}
