import Fastify from 'fastify'
import { Gauge, Registry } from 'prom-client'
import { realClock } from '../clock.ts'
import { exitWithin, settingsOrExit, stopSignal } from '../processes.ts'
import { orderQueues } from '../queue/partitions.ts'
import { pinoLog } from '../telemetry/pino-log.ts'
import { managementGauge } from './management-gauge.ts'
import { orchestratorFleet } from './orchestrator-fleet.ts'
import { createScaler } from './scaler.ts'
import { readScalingSettings } from './scaling-settings.ts'

const stopped = stopSignal()
const settings = settingsOrExit(readScalingSettings)
const log = pinoLog(settings.REPLICA, settings.LOG_LEVEL)
const fleet = orchestratorFleet(settings.FLEET_URL)
const scaler = createScaler({
  settings,
  fleet,
  gauge: managementGauge({
    url: settings.MANAGEMENT_URL,
    vhost: settings.BROKER_VHOST,
    user: settings.BROKER_USER,
    password: settings.BROKER_PASSWORD,
    queues: orderQueues(settings.PARTITIONS),
  }),
  clock: realClock,
  log,
})

const registry = new Registry()
const seesQueue = new Gauge({
  name: 'autoscaler_sees_queue',
  help: '1 while the broker tells of the queue; while it does not, the number of workers stays as it is',
  registers: [registry],
})
const http = Fastify({ logger: false, forceCloseConnections: true })
http.get('/health/live', async () => ({ status: 'live' }))
// Blind it still serves: what runs goes on running. So neither health check looks at anybody else.
http.get('/health/ready', async () => ({ status: 'ready' }))
http.get('/metrics', async (_request, reply) => {
  seesQueue.set(scaler.seen.backlog === undefined ? 0 : 1)
  return reply.type(registry.contentType).send(await registry.metrics())
})
await http.listen({ host: settings.HTTP_HOST, port: settings.HTTP_PORT })
log.info({ port: settings.HTTP_PORT }, 'the autoscaler runs')

const signal = await stopped
log.info({ signal }, 'stopping')
await exitWithin(
  settings.SCALE_IN_GRACE_MS,
  scaler.stop().then(() => http.close()),
)
