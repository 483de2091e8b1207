import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { backoffMs } from '../resilience/backoff.ts'
import { causeOf } from '../telemetry/cause-of.ts'
import type { Log } from '../telemetry/log.ts'
import type { Broker, BrokerConnection } from './broker.ts'
import type { QueueLayout } from './queue-layout.ts'

export interface ReconnectingOptions {
  readonly broker: Broker
  readonly layout: QueueLayout
  readonly name: string
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly reconnectMsMax: number
}

/**
 * Keeps one connection alive until the signal is aborted: connects, declares what is needed, hands the connection to
 * `use`, waits for its end, and begins again after a pause with jitter. There is never more than one at a time.
 */
export async function keepConnected(
  options: ReconnectingOptions,
  use: (connection: BrokerConnection) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    const worked = await useOnce(options, use, signal)
    failures = worked ? 1 : failures + 1
    const pauseMs = backoffMs(failures, options.random, { firstMs: 100, maxMs: options.reconnectMsMax })
    // At least a few milliseconds: a broker that accepts and drops at once must not make a busy loop.
    await options.clock.sleep(20 + pauseMs, signal).catch(() => {})
  }
}

async function useOnce(
  { broker, layout, name, log }: ReconnectingOptions,
  use: (connection: BrokerConnection) => Promise<void>,
  signal: AbortSignal,
): Promise<boolean> {
  let connection: BrokerConnection | undefined
  try {
    connection = await broker.connect(name)
    if (signal.aborted) return true
    await connection.declare(layout)
    await use(connection)
    log.info({ connection: name }, 'connected to the broker')
    const reason = await connection.closed
    log.warn({ connection: name, reason }, 'the connection to the broker ended')
    return true
  } catch (cause) {
    log.warn({ connection: name, cause: causeOf(cause) }, 'could not use the broker')
    return false
  } finally {
    await connection?.close().catch(() => {})
  }
}
