import type { AddressInfo } from 'node:net'
import { realClock } from '../clock.ts'
import { type BrokerHooks, InMemoryBroker } from '../queue/in-memory-broker.ts'
import { realRandom } from '../random.ts'
import { readSettings } from '../settings.ts'
import { InMemoryStore } from '../store/in-memory-store.ts'
import { silentLog } from '../telemetry/log.ts'
import { sendTo } from '../telemetry/otlp.ts'
import { exportMetrics } from '../telemetry/otlp-metrics.ts'
import { createOtlpTracer } from '../telemetry/otlp-tracer.ts'
import { createWorker } from '../worker/worker.ts'
import { createHttp } from './http.ts'
import { createApiReplica } from './replica.ts'

/** An API and a worker in this process, in real time, on in-memory parts, behind a real HTTP server on loopback. */
export interface ServedInMemory extends AsyncDisposable {
  readonly url: string
}

/** With a collector's address everything is traced, as in a process that was given one. */
export async function serveInMemory(
  collector?: string,
  brokerHooks: BrokerHooks = {},
): Promise<ServedInMemory> {
  const broker = new InMemoryBroker({ clock: realClock, hooks: brokerHooks })
  const store = new InMemoryStore({ clock: realClock, timeoutMs: 2_000 })
  const tracer =
    collector === undefined
      ? undefined
      : createOtlpTracer({
          clock: realClock,
          random: realRandom,
          replica: 'all',
          send: sendTo(collector, 'traces'),
        })
  const parts = (REPLICA: string) => ({
    settings: readSettings({ REPLICA, CLIENT_PER_SECOND: '100000', CLIENT_BURST: '100000' }),
    clock: realClock,
    random: realRandom,
    broker,
    store: store.connect(),
    log: silentLog,
    ...(tracer === undefined ? {} : { tracer }),
  })
  const replica = createApiReplica(parts('api-1'))
  const worker = createWorker(parts('worker-1'))
  const exported =
    collector &&
    exportMetrics({
      registry: replica.metrics.registry,
      sample: () => replica.sample(),
      clock: realClock,
      replica: 'api-1',
      send: sendTo(collector, 'metrics'),
    })
  const http = createHttp(replica, { clock: realClock, bytesMax: 4_194_304, ...(tracer && { tracer }) })
  await http.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      await http.close()
      await Promise.all([replica.stop(), worker.stop()])
      await tracer?.stop()
      if (exported) await exported.stop()
    },
  }
}
