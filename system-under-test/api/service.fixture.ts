import { ManualClock } from '../manual-clock.ts'
import { type BrokerHooks, InMemoryBroker } from '../queue/in-memory-broker.ts'
import { readSettings } from '../settings.ts'
import { InMemoryStore, type StoreHooks } from '../store/in-memory-store.ts'
import { silentLog } from '../telemetry/log.ts'
import type { Tracer } from '../telemetry/tracer.ts'
import { createWorker } from '../worker/worker.ts'
import { createApiReplica } from './replica.ts'
import type { SubmitRequest } from './submit-order.ts'

export const order = { customer: 'c1', items: [{ sku: 'a', quantity: 1 }] }

/** A good request, with what a test says otherwise. */
export function requestOf(
  id: string,
  other: Partial<SubmitRequest> & { order?: unknown } = {},
): SubmitRequest {
  const { order: own = order, ...rest } = other
  return {
    idempotencyKey: id,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(own)),
    criticality: 'high',
    ...rest,
  }
}

export interface ServiceOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly brokerHooks?: BrokerHooks
  readonly storeHooks?: StoreHooks
}

/** The whole service in one process, on in-memory parts and a clock that stands still. */
export function serviceInMemory({ env = {}, brokerHooks = {}, storeHooks = {} }: ServiceOptions = {}) {
  const clock = new ManualClock()
  const broker = new InMemoryBroker({ clock, hooks: brokerHooks })
  const store = new InMemoryStore({ clock, timeoutMs: 2_000, hooks: storeHooks })
  let chance = 0
  // Different each time and the same in every run: the fractional parts of multiples of the golden ratio.
  const random = {
    next() {
      chance = (chance + 0.618_033_988_75) % 1
      return chance
    },
  }
  const partsOf = (REPLICA: string) => ({
    settings: readSettings({ REPLICA, ...env }),
    clock,
    random,
    broker,
    store: store.connect(),
    log: silentLog,
  })
  return {
    clock,
    random,
    broker,
    store,
    api: (name = 'api-1') => createApiReplica(partsOf(name)),
    worker: (name = 'worker-1', tracer?: Tracer) => createWorker({ ...partsOf(name), tracer }),
    /** The answer to a request after so much time; undefined if there is none yet. */
    async answerAfter<T>(ms: number, asking: Promise<T>): Promise<T | undefined> {
      let answer: T | undefined
      asking.then((given) => {
        answer = given
      })
      await clock.advance(ms)
      return answer
    },
  }
}
