import type { Clock } from '../clock.ts'
import { hold, release, type Stock, type StockRow } from './in-memory-stock.ts'
import type {
  DigestsOutcome,
  EffectRow,
  OrderBatch,
  OrderStep,
  OrderStore,
  ReadOutcome,
  ReservationOutcome,
  StepOutcome,
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
  /** The clock of this process: unconditional writes are ordered by it, as the driver has it. */
  wallMs?(): number
  /** How long an answer takes. Longer than the timeout: nobody hears it. */
  answerMs?(operation: StoreOperation): number
}

export interface InMemoryStoreOptions {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly hooks?: StoreHooks
}

interface Tables {
  /** Each order with the time of its own columns. */
  readonly orders: Map<string, StoredOrder & { readonly writtenMs: number }>
  readonly stock: Stock
}

/**
 * What all processes share. Each process has its own `connect()`, so that one can lose the store while others do not.
 */
export class InMemoryStore {
  readonly #options: InMemoryStoreOptions
  readonly #tables: Tables = { orders: new Map(), stock: new Map() }

  constructor(options: InMemoryStoreOptions) {
    this.#options = options
  }

  /** Every order, with every effect that was carried out for it. */
  orders(): readonly StoredOrder[] {
    return [...this.#tables.orders.values()].map(({ writtenMs, ...order }) => order)
  }

  /** Everything that was ever put aside, and whether it still is. */
  stock(): readonly StockRow[] {
    return [...this.#tables.stock.values()]
  }

  connect(hooks: StoreHooks = this.#options.hooks ?? {}): OrderStore {
    return connectionTo(this.#tables, { ...this.#options, hooks })
  }
}

function connectionTo(tables: Tables, options: Required<InMemoryStoreOptions>): OrderStore {
  const { orders, stock } = tables
  const { clock, timeoutMs, hooks } = options

  /** undefined: nobody heard the answer. */
  async function ask<T>(
    operation: StoreOperation,
    orderId: string | undefined,
    act: () => T,
  ): Promise<End<T>> {
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

  const times = (): WriteTimes => {
    const storeMs = clock.wallTime().getTime()
    return { storeMs, writerMs: hooks.wallMs?.() ?? storeMs }
  }

  return {
    async write(batch): Promise<WriteOutcome> {
      return heard(await ask('write', batch.orderId, () => apply(orders, batch, times())))
    },
    async step(step): Promise<StepOutcome> {
      return heard(
        await ask('write', step.orderId, () => applyStep(orders, step, clock.wallTime().getTime())),
      )
    },
    async hold(reservation): Promise<ReservationOutcome> {
      return heard(await ask('write', reservation.orderId, () => hold(stock, reservation)))
    },
    async release(reservation): Promise<ReservationOutcome> {
      return heard(await ask('write', reservation.orderId, () => release(stock, reservation)))
    },
    async read(orderId): Promise<ReadOutcome> {
      const end = await ask('read', orderId, () => orders.get(orderId))
      if (end.kind !== 'heard') return { kind: 'away', cause: end.kind }
      if (end.value === undefined) return { kind: 'absent' }
      const { writtenMs, ...order } = end.value
      return { kind: 'found', order }
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

type Unheard = Extract<WriteOutcome, { readonly kind: 'unsure' | 'away' }>

type End<T> = { readonly kind: 'heard'; readonly value: T } | { readonly kind: 'away' | 'unheard' }

function heard<T>(end: End<T>): T | Unheard {
  if (end.kind === 'heard') return end.value
  return end.kind === 'away' ? { kind: 'away', cause: 'not connected' } : { kind: 'unsure', cause: 'timeout' }
}

interface WriteTimes {
  /** The store's own time, which orders conditional writes. */
  readonly storeMs: number
  /** The writer's, which orders the others. */
  readonly writerMs: number
}

/**
 * All of the batch or nothing, in one step. An unconditional write of the order's own columns that carries an older time than
 * theirs is lost without a word, however late it comes.
 */
function apply(orders: Tables['orders'], batch: OrderBatch, { storeMs, writerMs }: WriteTimes): WriteOutcome {
  const { orderId, onlyIfAbsent, effects } = batch
  const existing = orders.get(orderId)
  if (onlyIfAbsent && existing !== undefined) return { kind: 'exists', digest: existing.digest }
  const before = existing ?? { ...nothing, orderId }
  const atMs = onlyIfAbsent ? storeMs : writerMs
  const own = batch.order === undefined || atMs < before.writtenMs ? {} : { ...batch.order, writtenMs: atMs }
  orders.set(orderId, { ...before, ...own, effects: withEffects(before.effects, effects) })
  return { kind: 'applied' }
}

const nothing = { state: 'done', digest: '', payload: '', effects: [], writtenMs: 0 } as const

function applyStep(orders: Tables['orders'], step: OrderStep, storeMs: number): StepOutcome {
  const order = orders.get(step.orderId)
  if (order?.state !== step.from) return { kind: 'stands', state: order?.state }
  const effects = withEffects(order.effects, step.effects)
  orders.set(step.orderId, { ...order, state: step.to, effects, writtenMs: storeMs })
  return { kind: 'applied' }
}

/** One of the same identity is the same one. */
function withEffects(before: readonly EffectRow[], more: readonly EffectRow[]): readonly EffectRow[] {
  const others = before.filter(({ effectId }) => !more.some((effect) => effect.effectId === effectId))
  return [...others, ...more]
}
