import { collectDefaultMetrics } from 'prom-client'
import { exitWithin, realParts, stopSignal } from '../processes.ts'
import { createHttp } from './http.ts'
import { createApiReplica } from './replica.ts'
import { untilItCanServe } from './until-it-can-serve.ts'

const stopped = stopSignal()
const parts = realParts()
const { settings, log, clock } = parts
const replica = createApiReplica(parts)
collectDefaultMetrics({ register: replica.metrics.registry })
const exported = parts.metricsTo({ registry: replica.metrics.registry, sample: () => replica.sample() })
const http = createHttp(replica, { clock, tracer: parts.tracer, bytesMax: settings.inFlightBytesMax })

await untilItCanServe(replica, clock)
await http.listen({ host: settings.http.host, port: settings.http.port })
log.info({ port: settings.http.port }, 'the API listens')

const signal = await stopped
log.info({ signal }, 'stopping')
// First no longer ready, and each answer closes its connection, so that callers go elsewhere; then no new connections;
// then, when the last answer is given, let go of the broker and the store.
replica.beginStop()
await clock.sleep(settings.lameDuckMs)
await exitWithin(
  settings.drainMs,
  http
    .close()
    .then(() => replica.stop())
    .then(() => Promise.all([parts.tracer?.stop(), exported?.stop()]))
    .then(() => {}),
)
