import { describe, expect, it } from 'vitest'
import { realClock } from '../clock.ts'
import { InMemoryStore, type StoreFate } from './in-memory-store.ts'
import { describeOrderStore } from './order-store.contract.ts'

const store = new InMemoryStore({ clock: realClock, timeoutMs: 1_000 })
describeOrderStore(
  'the in-memory store',
  () => store.connect(),
  async (sku) =>
    store
      .stock()
      .filter((row) => row.sku === sku && row.state === 'held')
      .map(({ orderId, quantity }) => ({ orderId, quantity })),
)

describe('the in-memory store, disturbed', () => {
  const batch = {
    orderId: 'o1',
    order: { state: 'done', digest: '00000001', payload: '{}' },
    effects: [{ effectId: 'e0000001', worker: 'w' }],
    onlyIfAbsent: true,
  } as const

  async function writeWith(fate: StoreFate) {
    const disturbed = new InMemoryStore({ clock: realClock, timeoutMs: 1 })
    const outcome = await disturbed.connect({ fate: () => fate }).write(batch)
    return { outcome: outcome.kind, written: () => disturbed.orders().length }
  }

  it('is unsure of a write whose answer is lost, whether it was done or not', async () => {
    const after = await writeWith('lost after')
    expect([after.outcome, after.written()]).toEqual(['unsure', 1])
    const before = await writeWith('lost before')
    expect([before.outcome, before.written()]).toEqual(['unsure', 0])
  })

  it('loses an unconditional write whose writer’s clock is behind, and never a step', async () => {
    const apart = new InMemoryStore({ clock: realClock, timeoutMs: 1 })
    const late = apart.connect({ wallMs: () => realClock.wallTime().getTime() - 300_000 })
    await late.write({ ...batch, order: { ...batch.order, state: 'reserving' }, effects: [] })
    expect(await late.write({ ...batch, onlyIfAbsent: false })).toEqual({ kind: 'applied' })
    expect(apart.orders()).toMatchObject([{ state: 'reserving', effects: [{ effectId: 'e0000001' }] }])
    await late.step({ orderId: 'o1', from: 'reserving', to: 'done', effects: [] })
    expect(apart.orders()).toMatchObject([{ state: 'done' }])
  })

  it('is certain of a write that was never sent', async () => {
    const away = await writeWith('away')
    expect([away.outcome, away.written()]).toEqual(['away', 0])
  })
})
