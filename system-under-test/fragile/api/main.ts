import { createHttp } from '../../api/http.ts'
import { realParts } from '../../processes.ts'
import { createApiMetrics } from '../../telemetry/metrics.ts'
import { createIntake } from '../intake.ts'

const { settings, store, random, clock, log } = realParts()
const metrics = createApiMetrics()
const submit = createIntake({
  store,
  random,
  replica: settings.replica,
  stored: () => metrics.accepted.inc(),
})

const http = createHttp(
  {
    submit,
    async read(orderId) {
      const outcome = await store.read(orderId, 'quorum')
      if (outcome.kind === 'away') return { status: 500, headers: {}, body: { error: 'internal' } }
      if (outcome.kind === 'absent') return { status: 404, headers: {}, body: { error: 'not-found' } }
      return { status: 200, headers: {}, body: { orderId, status: 'done', digest: outcome.order.digest } }
    },
    metrics,
    // As it was: ready as soon as it listens, whatever is behind it.
    isReady: () => true,
    isStopping: () => false,
    sample: () => {},
    beginStop: () => {},
    stop: async () => {},
  },
  // As it was: everything that comes is let in.
  { clock, bytesMax: Number.POSITIVE_INFINITY },
)
await http.listen({ host: settings.http.host, port: settings.http.port })
log.info({ port: settings.http.port }, 'the API listens')

// As process 1 of a container, nothing would end it otherwise. It ends in the middle of whatever it does.
process.once('SIGTERM', () => process.exit(0))
