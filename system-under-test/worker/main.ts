import Fastify from 'fastify'
import { collectDefaultMetrics } from 'prom-client'
import { exitWithin, realParts, stopSignal } from '../processes.ts'
import { createWorker } from './worker.ts'

const stopped = stopSignal()
const parts = realParts()
const { settings, log } = parts
const worker = createWorker(parts)
collectDefaultMetrics({ register: worker.metrics.registry })
const exported = parts.metricsTo({ registry: worker.metrics.registry, sample: () => worker.sample() })

const http = Fastify({ logger: false, forceCloseConnections: true })
http.get('/health/live', async () => ({ status: 'live' }))
http.get('/health/ready', async (_request, reply) => {
  const ready = worker.isReady()
  return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
})
http.get('/metrics', async (_request, reply) => {
  worker.sample()
  const { registry } = worker.metrics
  return reply.type(registry.contentType).send(await registry.metrics())
})
await http.listen({ host: settings.http.host, port: settings.http.port })
log.info({ port: settings.http.port }, 'the worker runs')

const signal = await stopped
log.info({ signal }, 'stopping')
await exitWithin(
  settings.drainMs,
  worker
    .stop()
    .then(() => http.close())
    .then(() => Promise.all([parts.tracer?.stop(), exported?.stop()]))
    .then(() => {}),
)
