import type { ProcessParts } from '../api/replica.ts'
import { type ConfirmingPublisher, createConfirmingPublisher } from '../queue/confirming-publisher.ts'
import type { Held } from '../queue/held.ts'
import { type DecodedOrder, decodeOrder } from '../queue/message-codec.ts'
import { createOrderConsumer, type OrderConsumer } from '../queue/order-consumer.ts'
import type { DeadLetterReason, OrderMessage } from '../queue/order-queue.ts'
import { createPartitionConsumer } from '../queue/partition-consumer.ts'
import { orderRoutes } from '../queue/partitions.ts'
import { backoffMs } from '../resilience/backoff.ts'
import { createRetryBudget } from '../resilience/retry-budget.ts'
import { createWorkerMetrics, type WorkerMetrics } from '../telemetry/metrics.ts'
import { type CarryOut, createCarryOut } from './carry-out.ts'
import { Lanes } from './lanes.ts'
import { PartitionLoad } from './partition-load.ts'
import { createSaga } from './saga.ts'
import { createStoreGate, type StoreGate } from './store-gate.ts'
import { traceCarryOut } from './trace-carry-out.ts'

/** One worker process less its HTTP server. Begins to take orders as soon as it is made. */
export interface Worker {
  readonly metrics: WorkerMetrics
  isReady(): boolean
  sample(): void
  /** Takes nothing new, finishes what it has within the bound of the settings, gives back the rest. */
  stop(): Promise<void>
}

/**
 *     delivery ──► gate (store there?) ──► carry out ──► done: acknowledge
 *                       ▲                     │
 *                       └──── wait: stop ◄────┤
 *                             consuming       └──────► dead: dead letter, confirmed ──► acknowledge
 *
 * A delivery is acknowledged after its end is safe, or not at all. While the store is away the worker keeps what it
 * holds and takes no more, so no good order is returned, counted and in the end dead-lettered.
 */
export function createWorker(parts: ProcessParts): Worker {
  return new OrderWorker(parts)
}

class OrderWorker implements Worker {
  readonly metrics = createWorkerMetrics()
  readonly #parts: ProcessParts
  readonly #ended = new AbortController()
  readonly #inHand = new Set<Held>()
  readonly #lanes = new Lanes()
  /** Only where there is more than one. */
  readonly #partitions: PartitionLoad | undefined
  readonly #carryOut: CarryOut
  readonly #gate: StoreGate
  readonly #publisher: ConfirmingPublisher
  readonly #consumer: OrderConsumer
  #stopping = false

  constructor(parts: ProcessParts) {
    this.#parts = parts
    const { settings, clock, random, broker, store, log } = parts
    // A tenth of the work may be retries: amplification stays at 1.1 however the store behaves.
    const budget = createRetryBudget(0.1, 10)
    const worker = { random, worker: settings.replica, budget, metrics: this.metrics }
    const create = settings.saga ? createSaga : createCarryOut
    this.#carryOut = traceCarryOut(parts.tracer, store, (seen) => create({ ...worker, store: seen }))
    this.#gate = createStoreGate(
      { store, clock, random, changed: (open, cause) => this.#gateChanged(open, cause) },
      this.#ended.signal,
    )
    const routes = orderRoutes(settings)
    const shared = { broker, clock, random, log, reconnectMsMax: settings.reconnectMsMax }
    this.#publisher = createConfirmingPublisher({
      ...shared,
      routes,
      name: `${settings.replica} dead letters`,
    })
    const { layout, queues } = routes
    this.#partitions = queues.length === 1 ? undefined : new PartitionLoad(queues.length)
    const taking = { ...shared, layout, name: settings.replica, prefetch: settings.prefetch }
    this.#consumer =
      queues.length === 1
        ? createOrderConsumer({ ...taking, deliver: (held) => this.#handle(held) })
        : createPartitionConsumer({ ...taking, queues, deliver: (held) => this.#handleInTurn(held) })
  }

  isReady(): boolean {
    return !this.#stopping && this.#consumer.isConnected()
  }

  sample(): void {
    this.metrics.inHand.set(this.#inHand.size)
    this.metrics.storeAway.set(this.#gate.isOpen() ? 0 : 1)
    // The age of what was taken last says nothing once everything is done.
    if (this.#inHand.size === 0) this.metrics.queueAge.set(0)
    const { partitionInHand: inHand, partitionAge: ageSeconds } = this.metrics
    this.#partitions?.show({ inHand, ageSeconds }, this.#parts.clock.wallTime().getTime())
  }

  async stop(): Promise<void> {
    const { clock, settings, store } = this.#parts
    this.#stopping = true
    // Half of the time to finish; the other half is for saying good-bye.
    const untilMs = clock.nowMs() + settings.drainMs / 2
    await this.#consumer.pause()
    while (this.#inHand.size > 0 && this.#gate.isOpen() && clock.nowMs() < untilMs) await clock.sleep(10)
    this.#ended.abort(new Error('the worker stops'))
    await Promise.all([this.#consumer.stop(), this.#publisher.stop(settings.publishTimeoutMs)])
    await store.close()
  }

  /** After all that came before of the same key. What came from a lost channel comes again, and again behind these. */
  #handleInTurn(held: Held): void {
    const {
      'x-key': ownKey,
      'x-order-id': orderId,
      'x-published-at-ms': atMs = 0,
    } = held.delivery.message.headers
    const key = String(ownKey ?? orderId)
    const end = this.#partitions?.begin({ publishedAtMs: Number(atMs) }, key)
    this.#lanes.run(key, () => this.#handle(held).finally(end))
  }

  async #handle(held: Held): Promise<void> {
    const startedMs = this.#parts.clock.nowMs()
    this.#inHand.add(held)
    if (held.delivery.redelivered) this.metrics.redelivered.inc()
    const decoded = decodeOrder(held.delivery.message)
    if (decoded.kind === 'order') this.#sawAge(decoded.message)
    if (await this.#toItsEnd(held, decoded)) held.ack()
    this.#inHand.delete(held)
    this.metrics.duration.observe((this.#parts.clock.nowMs() - startedMs) / 1_000)
  }

  /** True: its end is safe. False: it is not ours any more, or we stop; somebody will get it again. */
  async #toItsEnd(held: Held, decoded: DecodedOrder): Promise<boolean> {
    if (decoded.kind === 'malformed') return this.#bury(held, unreadable(held), 'malformed', decoded.detail)
    while (this.#mayGoOn(held)) {
      await this.#gate.opened(this.#ended.signal)
      if (!this.#mayGoOn(held)) break
      const settlement = await this.#carryOut(decoded.message)
      if (settlement.kind === 'dead') {
        return this.#bury(held, decoded.message, settlement.reason, settlement.detail)
      }
      if (settlement.kind === 'done') return this.#done(decoded.message, settlement.before)
      this.#gate.shut(settlement.cause)
    }
    return false
  }

  #done({ orderId, traceparent }: OrderMessage, before: boolean): true {
    this.#gate.proven()
    this.#parts.log.debug({ orderId, traceparent, before }, 'carried out')
    if (before) this.metrics.before.inc()
    else this.metrics.carriedOut.inc()
    return true
  }

  /** Moves it to the dead letters; until the broker has confirmed that, it is not gone from the queue. */
  async #bury(held: Held, message: OrderMessage, reason: DeadLetterReason, detail: string): Promise<boolean> {
    const { settings, clock, random, log } = this.#parts
    const { orderId, traceparent } = message
    const headers = {
      'x-reason': reason,
      'x-detail': detail.slice(0, 200),
      'x-worker': settings.replica,
      'x-returns': held.delivery.returns,
    }
    for (let failures = 1; this.#mayGoOn(held); failures += 1) {
      const outcome = await this.#publisher.publishDead(message, headers, settings.publishTimeoutMs)
      if (outcome.kind === 'confirmed') {
        this.metrics.dead.inc({ reason })
        log.warn({ orderId, traceparent, reason, detail }, 'moved to the dead letters')
        return true
      }
      const pauseMs = 20 + backoffMs(failures, random, { firstMs: 100, maxMs: 2_000 })
      await clock.sleep(pauseMs, this.#ended.signal).catch(() => {})
    }
    return false
  }

  #mayGoOn(held: Held): boolean {
    return held.isOurs() && !this.#ended.signal.aborted
  }

  #gateChanged(open: boolean, cause: string): void {
    this.#parts.log.warn({ cause }, open ? 'taking orders again' : 'taking no orders: the store is away')
    if (open && !this.#stopping) this.#consumer.resume()
    else this.#consumer.pause()
  }

  #sawAge({ publishedAtMs }: OrderMessage): void {
    const ageMs = this.#parts.clock.wallTime().getTime() - publishedAtMs
    // Two machines' clocks: a negative age is their difference, not an age.
    this.metrics.queueAge.set(Math.max(0, ageMs) / 1_000)
  }
}

/** What can be kept of a message that is no order: its bytes as text, and whatever id it claims. */
function unreadable({ delivery }: Held): OrderMessage {
  const { body, headers, messageId } = delivery.message
  return {
    orderId: String(headers['x-order-id'] ?? messageId),
    payload: Buffer.from(body).toString('utf8'),
    digest: String(headers['x-digest'] ?? ''),
    criticality: 'high',
    publishedAtMs: 0,
  }
}
