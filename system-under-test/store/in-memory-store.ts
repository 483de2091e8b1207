import type { Clock } from '../clock.ts'
import type {
  DigestsOutcome,
  OrderBatch,
  OrderStore,
  ReadOutcome,
  StoredOrder,
  WriteOutcome,
} from './order-store.ts'

export type StoreOperation = 'write' | 'read' | 'look-up' | 'ping'

/**
 * What becomes of one operation. `answered`: as it should be. `away`: never sent. `lost before`: it did not reach the
 * store. `lost after`: it was done, and the answer was lost. `late`: done after everybody gave up on it.
 */
export type StoreFate = 'answered' | 'away' | 'lost before' | 'lost after' | 'late'

export interface StoreHooks {
  fate?(operation: StoreOperation, orderId: string | undefined): StoreFate
  /** How long an answer takes. Longer than the timeout: nobody hears it. */
  answerMs?(operation: StoreOperation): number
}

export interface InMemoryStoreOptions {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly hooks?: StoreHooks
}

/**
 * What all processes share. Each process has its own `connect()`, so that one can lose the store while others do not.
 */
export class InMemoryStore {
  readonly #options: InMemoryStoreOptions
  readonly #orders = new Map<string, StoredOrder>()

  constructor(options: InMemoryStoreOptions) {
    this.#options = options
  }

  /** Every order, with every effect that was carried out for it. */
  orders(): readonly StoredOrder[] {
    return [...this.#orders.values()]
  }

  connect(hooks: StoreHooks = this.#options.hooks ?? {}): OrderStore {
    return connectionTo(this.#orders, { ...this.#options, hooks })
  }
}

function connectionTo(orders: Map<string, StoredOrder>, options: Required<InMemoryStoreOptions>): OrderStore {
  const { clock, timeoutMs, hooks } = options

  /** undefined: nobody heard the answer. */
  async function ask<T>(operation: StoreOperation, orderId: string | undefined, act: () => T) {
    const fate = hooks.fate?.(operation, orderId) ?? 'answered'
    const answerMs = hooks.answerMs?.(operation) ?? 0
    if (fate === 'away') return { kind: 'away' } as const
    if (fate === 'lost before' || fate === 'late') {
      await clock.sleep(timeoutMs)
      if (fate === 'late') clock.sleep(answerMs).then(act)
      return { kind: 'unheard' } as const
    }
    const late = answerMs > timeoutMs
    // A slow store does its work on the way, and its answer is what comes too late.
    await pause(clock, Math.min(answerMs, timeoutMs) / 2)
    const value = act()
    await pause(clock, Math.min(answerMs, timeoutMs) / 2)
    if (late || fate === 'lost after') {
      if (!late) await clock.sleep(timeoutMs)
      return { kind: 'unheard' } as const
    }
    return { kind: 'heard', value } as const
  }

  return {
    async write(batch): Promise<WriteOutcome> {
      const end = await ask('write', batch.orderId, () => apply(orders, batch))
      if (end.kind === 'heard') return end.value
      return end.kind === 'away'
        ? { kind: 'away', cause: 'not connected' }
        : { kind: 'unsure', cause: 'timeout' }
    },
    async read(orderId): Promise<ReadOutcome> {
      const end = await ask('read', orderId, () => orders.get(orderId))
      if (end.kind !== 'heard') return { kind: 'away', cause: end.kind }
      return end.value === undefined ? { kind: 'absent' } : { kind: 'found', order: end.value }
    },
    async digestsOf(orderIds): Promise<DigestsOutcome> {
      const known = () => orderIds.map((id) => orders.get(id)).filter((order) => order !== undefined)
      const end = await ask('look-up', orderIds[0], known)
      if (end.kind !== 'heard') return { kind: 'away', cause: end.kind }
      return { kind: 'found', digests: new Map(end.value.map(({ orderId, digest }) => [orderId, digest])) }
    },
    async ping() {
      const end = await ask('ping', undefined, () => true)
      return end.kind === 'heard'
    },
    async close() {},
  }
}

async function pause(clock: Clock, ms: number): Promise<void> {
  if (ms > 0) await clock.sleep(ms)
}

/** All of the batch or nothing, in one step. */
function apply(orders: Map<string, StoredOrder>, batch: OrderBatch): WriteOutcome {
  const existing = orders.get(batch.orderId)
  if (batch.onlyIfAbsent && existing !== undefined) return { kind: 'exists', digest: existing.digest }
  const before = existing ?? { orderId: batch.orderId, state: 'done', digest: '', payload: '', effects: [] }
  const others = before.effects.filter(
    ({ effectId }) => !batch.effects.some((effect) => effect.effectId === effectId),
  )
  orders.set(batch.orderId, { ...before, ...batch.order, effects: [...others, ...batch.effects] })
  return { kind: 'applied' }
}
