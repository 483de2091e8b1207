import { inProcessCache } from '../cache/order-cache.ts'
import { readThrough } from '../cache/read-through.ts'
import type { Clock } from '../clock.ts'
import type { Broker } from '../queue/broker.ts'
import { createConfirmingPublisher } from '../queue/confirming-publisher.ts'
import { orderRoutes } from '../queue/partitions.ts'
import type { Random } from '../random.ts'
import { createAdaptiveLimit } from '../resilience/adaptive-limit.ts'
import { breakerStates, createCircuitBreaker } from '../resilience/circuit-breaker.ts'
import { createQuotas } from '../resilience/quota.ts'
import type { Settings } from '../settings.ts'
import type { OrderStore } from '../store/order-store.ts'
import type { Log } from '../telemetry/log.ts'
import { type ApiMetrics, createApiMetrics } from '../telemetry/metrics.ts'
import type { Tracer } from '../telemetry/tracer.ts'
import { boundKeys } from './bound-keys.ts'
import { createKnownKeys } from './known-keys.ts'
import { createLookUp } from './look-up.ts'
import { createReadOrder, type ReadOrder } from './read-order.ts'
import { createSubmitOrder, type SubmitOrder } from './submit-order.ts'

/** What a process needs of the world. */
export interface ProcessParts {
  readonly settings: Settings
  readonly clock: Clock
  readonly random: Random
  readonly broker: Broker
  readonly store: OrderStore
  readonly log: Log
  /** Without one, a caller's trace is passed on as it came. */
  readonly tracer?: Tracer
}

/** One API process less its HTTP server. Starts connecting as soon as it is made. */
export interface ApiReplica {
  readonly submit: SubmitOrder
  readonly read: ReadOrder
  readonly metrics: ApiMetrics
  /** May it be sent traffic? Only its own state and the broker's: a store that is away stops no order. */
  isReady(): boolean
  /** Brings the gauges up to date. */
  sample(): void
  /** No longer ready, though it serves whoever still comes. */
  beginStop(): void
  isStopping(): boolean
  /** Waits for the last confirms, within a bound, and lets go of everything. */
  stop(): Promise<void>
}

// Reads get their own few slots: a slow store must not hold the memory and the sockets of those who write.
const readsMax = 64
// 20 ms: from a cache that is slower an answer is not worth the wait.
const cacheTimeoutMs = 20
const clientsMax = 10_000

export function createApiReplica(parts: ProcessParts): ApiReplica {
  const { settings, clock, random, broker, store, log } = parts
  const metrics = createApiMetrics()
  const publisher = createConfirmingPublisher({
    broker,
    routes: orderRoutes(settings),
    name: settings.replica,
    clock,
    random,
    log,
    reconnectMsMax: settings.reconnectMsMax,
  })
  const breakerOf = (dependency: string) => {
    metrics.breaker.set({ dependency }, 0)
    return createCircuitBreaker({
      clock,
      random,
      changed(state) {
        log.warn({ dependency, state }, 'a breaker changed')
        metrics.breaker.set({ dependency }, breakerStates.indexOf(state))
      },
    })
  }
  const knownKeys = createKnownKeys(settings.knownKeysMax)
  const limit = createAdaptiveLimit({
    clock,
    max: settings.inFlightMax,
    bytesMax: settings.inFlightBytesMax,
    latencyTargetMs: settings.latencyTargetMs,
  })
  const { partitions, keyUnfinishedMax: unfinishedMax } = settings
  // One queue has no lanes, and so nothing that a key would have to wait for.
  const bound =
    partitions === 1 ? undefined : boundKeys({ publisher, store, clock, unfinishedMax, keysMax: clientsMax })
  let stopping = false
  let stopped = false

  return {
    metrics,
    submit: createSubmitOrder({
      publisher: bound ?? publisher,
      isHot: (key) => bound?.isFull(key) ?? false,
      brokerBreaker: breakerOf('broker'),
      limit,
      knownKeys,
      lookUp: createLookUp({
        store,
        breaker: breakerOf('store look-up'),
        clock,
        timeoutMs: settings.lookUpTimeoutMs,
      }),
      clock,
      random,
      metrics,
      log,
      publishTimeoutMs: settings.publishTimeoutMs,
      quotas: createQuotas({
        clock,
        perSecond: settings.clientPerSecond,
        burst: settings.clientBurst,
        clientsMax,
      }),
      isStopping: () => stopped,
    }),
    read: createReadOrder({
      readSummary: readThrough({
        cache: inProcessCache(settings.cacheOrdersMax),
        breaker: breakerOf('cache'),
        store,
        clock,
        freshMs: settings.cacheFreshMs,
        cacheTimeoutMs,
      }),
      breaker: breakerOf('store read'),
      knownKeys,
      clock,
      random,
      timeoutMs: settings.storeTimeoutMs,
      readsMax,
    }),
    isReady: () => !stopping && publisher.isReady(),
    sample() {
      metrics.limit.set(limit.limit())
      metrics.inFlight.set(limit.inFlight())
    },
    beginStop() {
      stopping = true
    },
    isStopping: () => stopping,
    async stop() {
      stopping = true
      stopped = true
      await publisher.stop(settings.publishTimeoutMs)
      await store.close()
    },
  }
}
