import { realClock } from './clock.ts'
import { rabbitmqBroker } from './queue/rabbitmq-broker.ts'
import { realRandom } from './random.ts'
import { readSettings } from './settings.ts'
import { cassandraStore } from './store/cassandra-store.ts'
import { sendTo } from './telemetry/otlp.ts'
import { exportMetrics, type OtlpMetrics, type OtlpMetricsOptions } from './telemetry/otlp-metrics.ts'
import { createOtlpTracer } from './telemetry/otlp-tracer.ts'
import { pinoLog } from './telemetry/pino-log.ts'
import { tellLastStackInSources } from './telemetry/stack-in-sources.ts'

/** The real parts of a process, as its environment says. Exits with 64 and every problem if that makes no sense. */
export function realParts() {
  tellLastStackInSources()
  const settings = settingsOrExit(readSettings)
  const log = pinoLog(settings.replica, settings.logLevel)
  const clock = realClock
  const { connectTimeoutMs, reconnectMsMax } = settings
  const broker = rabbitmqBroker({ address: settings.broker, connectTimeoutMs })
  const store = cassandraStore({
    address: settings.store,
    timeoutMs: settings.storeTimeoutMs,
    lookUpTimeoutMs: settings.lookUpTimeoutMs,
    connectTimeoutMs,
    reconnectMsMax,
    keepsStock: settings.saga,
    clock,
    log,
  })
  const tracer =
    settings.otlpEndpoint === undefined
      ? undefined
      : createOtlpTracer({
          clock,
          random: realRandom,
          replica: settings.replica,
          send: sendTo(settings.otlpEndpoint, 'traces'),
        })
  /** Where a collector is named, what these metrics show goes there too. */
  const metricsTo = (source: Pick<OtlpMetricsOptions, 'registry' | 'sample'>): OtlpMetrics | undefined => {
    if (settings.otlpEndpoint === undefined) return undefined
    const send = sendTo(settings.otlpEndpoint, 'metrics')
    return exportMetrics({ ...source, clock, replica: settings.replica, send })
  }
  return { settings, clock, random: realRandom, broker, store, log, tracer, metricsTo }
}

/** What the environment says; exits with 64 and every problem if that makes no sense. */
export function settingsOrExit<T>(read: (env: NodeJS.ProcessEnv) => T): T {
  try {
    return read(process.env)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(64)
  }
}

/**
 * Resolves at SIGTERM or SIGINT. To be called first of all, so that no signal meets a process without a handler: as
 * process 1 of a container it would be ignored there, and the process killed when the patience of its owner ends.
 */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal))
  })
}

/** Ends the process when the stop is done, or at the bound. */
export async function exitWithin(ms: number, stop: Promise<void>): Promise<never> {
  setTimeout(() => process.exit(1), ms).unref()
  await stop.catch(() => {})
  process.exit(0)
}
