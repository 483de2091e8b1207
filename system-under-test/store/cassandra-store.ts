import { Client, types } from 'cassandra-driver'
import type { Clock } from '../clock.ts'
import { answers } from '../resilience/answers.ts'
import type { Settings } from '../settings.ts'
import { causeOf } from '../telemetry/cause-of.ts'
import type { Log } from '../telemetry/log.ts'
import { isCertainlyNotDone } from './cassandra-errors.ts'
import { cqlOptions } from './cql-options.ts'
import { driverOptions } from './driver-options.ts'
import { repairControlConnection } from './driver-repair.ts'
import { type FixedAddress, fixedAddress } from './fixed-address.ts'
import type {
  DigestsOutcome,
  OrderBatch,
  OrderStep,
  OrderStore,
  ReadConsistency,
  ReadOutcome,
  Reservation,
  ReservationOutcome,
  StepOutcome,
  StoredOrder,
  WriteOutcome,
} from './order-store.ts'
import { schemaOf, statementsOf, stockSchemaOf } from './schema.ts'

export interface CassandraStoreOptions {
  readonly address: Settings['store']
  readonly timeoutMs: number
  readonly lookUpTimeoutMs: number
  readonly connectTimeoutMs: number
  readonly reconnectMsMax: number
  /** True where orders are carried out in two steps: they need the table of what is put aside. */
  readonly keepsStock: boolean
  readonly clock: Clock
  readonly log: Log
}

const { consistencies } = types

/** Between two looks whether the store is there yet: whoever starts with it is up a moment after it. */
const firstConnectMs = 100

interface Query {
  readonly query: string
  readonly params: unknown[]
}

type BatchOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly row: types.Row }
  | { readonly kind: 'unsure' | 'away'; readonly cause: string }

/** The port to the store on Cassandra 5. Connects by itself, and again when the store is back. */
export function cassandraStore(options: CassandraStoreOptions): OrderStore {
  return new CassandraStore(options)
}

class CassandraStore implements OrderStore {
  readonly #options: CassandraStoreOptions
  readonly #statements: ReturnType<typeof statementsOf>
  readonly #closing = new AbortController()
  readonly #fixedAddress: FixedAddress
  #client: Client | undefined

  constructor(options: CassandraStoreOptions) {
    this.#options = options
    this.#statements = statementsOf(options.address.keyspace)
    this.#fixedAddress = fixedAddress(options.address.host, options.address.port)
    this.#connect()
  }

  async write(batch: OrderBatch): Promise<WriteOutcome> {
    const outcome = await this.#batch(this.#queriesOf(batch))
    return outcome.kind === 'refused' ? { kind: 'exists', digest: outcome.row.get('digest') } : outcome
  }

  async step({ orderId, from, to, effects }: OrderStep): Promise<StepOutcome> {
    const { stepOrder, writeEffect } = this.#statements
    const outcome = await this.#batch([
      { query: stepOrder, params: [to, orderId, from] },
      ...effects.map(({ effectId, worker }) => ({ query: writeEffect, params: [orderId, effectId, worker] })),
    ])
    if (outcome.kind !== 'refused') return outcome
    // Without the order there is no row to say so but one of nulls.
    return { kind: 'stands', state: outcome.row.get('state') ?? undefined }
  }

  hold({ sku, orderId, quantity }: Reservation): Promise<ReservationOutcome> {
    return this.#settle({ query: this.#statements.holdStock, params: [sku, orderId, quantity] })
  }

  release({ sku, orderId, quantity }: Reservation): Promise<ReservationOutcome> {
    return this.#settle({ query: this.#statements.releaseStock, params: [quantity, sku, orderId] })
  }

  async read(orderId: string, consistency: ReadConsistency): Promise<ReadOutcome> {
    try {
      const rows = await this.#ask(this.#statements.readOrder, [orderId], {
        consistency: consistency === 'serial' ? consistencies.serial : consistencies.quorum,
      })
      return rows.length === 0 ? { kind: 'absent' } : { kind: 'found', order: orderOf(orderId, rows) }
    } catch (error) {
      return { kind: 'away', cause: causeOf(error) }
    }
  }

  async digestsOf(orderIds: readonly string[]): Promise<DigestsOutcome> {
    try {
      const rows = await this.#ask(this.#statements.readDigests, [orderIds], {
        consistency: consistencies.quorum,
        readTimeout: this.#options.lookUpTimeoutMs,
      })
      return { kind: 'found', digests: new Map(rows.map((row) => [row.get('order_id'), row.get('digest')])) }
    } catch (error) {
      return { kind: 'away', cause: causeOf(error) }
    }
  }

  async ping(): Promise<boolean> {
    try {
      await this.#ask(this.#statements.ping, [], { consistency: consistencies.one, readTimeout: 1_000 })
      return true
    } catch {
      return false
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#client?.shutdown()
  }

  #queriesOf({ orderId, order, effects, onlyIfAbsent }: OrderBatch) {
    const { claimOrder, writeOrder, writeEffect } = this.#statements
    const own = order === undefined ? [] : [order]
    return [
      ...own.map(({ state, digest, payload }) => ({
        query: onlyIfAbsent ? claimOrder : writeOrder,
        params: [state, digest, payload, orderId],
      })),
      ...effects.map(({ effectId, worker }) => ({ query: writeEffect, params: [orderId, effectId, worker] })),
    ]
  }

  async #settle(query: Query): Promise<ReservationOutcome> {
    const outcome = await this.#batch([query])
    return outcome.kind === 'unsure' || outcome.kind === 'away' ? outcome : { kind: 'settled' }
  }

  /** All of it or nothing, in one partition; `refused`, with what was there, where a condition did not hold. */
  async #batch(queries: readonly Query[]): Promise<BatchOutcome> {
    const client = this.#client
    if (client === undefined) return { kind: 'away', cause: 'not connected' }
    try {
      const result = await client.batch([...queries], {
        prepare: true,
        isIdempotent: false,
        consistency: consistencies.quorum,
        serialConsistency: consistencies.serial,
      })
      return result.wasApplied() ? { kind: 'applied' } : { kind: 'refused', row: result.first() }
    } catch (error) {
      return { kind: isCertainlyNotDone(error) ? 'away' : 'unsure', cause: causeOf(error) }
    }
  }

  async #ask(query: string, params: unknown[], options: { consistency: number; readTimeout?: number }) {
    if (this.#client === undefined) throw new Error('not connected')
    const result = await this.#client.execute(query, params, {
      prepare: true,
      isIdempotent: true,
      ...options,
    })
    return result.rows
  }

  /** Until it succeeds: once connected, the driver keeps itself connected. */
  async #connect(): Promise<void> {
    const { clock, log, reconnectMsMax } = this.#options
    const waitMs = Math.min(firstConnectMs, reconnectMsMax)
    let said = ''
    while (!this.#closing.signal.aborted) {
      const client = await this.#newClient().catch((error) => {
        const cause = causeOf(error)
        if (cause !== said) log.warn({ cause }, 'the store does not answer')
        said = cause
        return undefined
      })
      if (client !== undefined) {
        if (this.#closing.signal.aborted) await client.shutdown()
        this.#client = client
        log.info({}, 'connected to the store')
        return
      }
      await clock.sleep(waitMs, this.#closing.signal).catch(() => {})
    }
  }

  async #newClient(): Promise<Client> {
    const { address, connectTimeoutMs } = this.#options
    // Before the driver: one that is refused in the middle of its opening waits for an answer until its timeout.
    if (!(await answers(address, cqlOptions, connectTimeoutMs)))
      throw new Error(`nobody answers on ${address.host}:${address.port}`)
    const client = new Client(await driverOptions(this.#options, this.#fixedAddress))
    repairControlConnection(client, this.#options.clock)
    try {
      await client.connect()
      const { keepsStock } = this.#options
      const schema = [...schemaOf(address.keyspace), ...(keepsStock ? stockSchemaOf(address.keyspace) : [])]
      for (const statement of schema) await client.execute(statement)
      return client
    } catch (error) {
      await client.shutdown().catch(() => {})
      throw error
    }
  }
}

function orderOf(orderId: string, rows: readonly types.Row[]): StoredOrder {
  const [first] = rows
  const effects = rows
    .filter((row) => row.get('effect_id') !== null)
    .map((row) => ({ effectId: row.get('effect_id'), worker: row.get('worker') }))
  return {
    orderId,
    state: first?.get('state') ?? 'done',
    digest: first?.get('digest') ?? '',
    payload: first?.get('payload') ?? '',
    effects,
  }
}
