import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { refusalCauses } from '../api/answers.ts'
import { deadLetterReasons } from '../queue/order-queue.ts'

// 1 ms to 10 s: from a confirm on an idle machine to what no client waits for.
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What one API replica counts; every process has a registry of its own. */
export function createApiMetrics() {
  const registers = [new Registry()]
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers })
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers })
  const refused = counter('orders_refused_total', 'Orders refused before anything was published', ['cause'])
  // A counter that first shows up with its first event has not grown, as a scraper sees it.
  for (const cause of refusalCauses) refused.inc({ cause }, 0)
  return {
    registry: registers[0] as Registry,
    requests: counter('http_requests_total', 'Requests by route and status', ['route', 'status']),
    duration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'From the whole request being here to its answer',
      labelNames: ['route'],
      buckets: durationBuckets,
      registers,
    }),
    accepted: counter('orders_accepted_total', 'Orders answered 202 after a confirm of their own'),
    confirmed: counter('orders_confirmed_total', 'Publishes that the broker confirmed'),
    refused,
    unsure: counter('orders_unsure_total', 'Publishes whose end is not known', ['cause']),
    repeated: counter('orders_repeated_total', 'Orders answered 202 because they were known already'),
    conflicts: counter('orders_conflicts_total', 'Known keys that came with another payload'),
    limit: gauge('admission_limit', 'How many orders may be in flight at present'),
    inFlight: gauge('admission_in_flight', 'How many orders are in flight'),
    breaker: gauge('circuit_breaker_state', '0 closed, 1 half-open, 2 open', ['dependency']),
  }
}

export type ApiMetrics = ReturnType<typeof createApiMetrics>

/** What one worker counts. */
export function createWorkerMetrics() {
  const registers = [new Registry()]
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers })
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers })
  const dead = counter('orders_dead_lettered_total', 'Orders moved to the dead letters', ['reason'])
  // As the refusals above.
  for (const reason of deadLetterReasons) dead.inc({ reason }, 0)
  return {
    registry: registers[0] as Registry,
    carriedOut: counter('orders_stored_total', 'Orders whose effect this worker wrote'),
    before: counter('orders_done_before_total', 'Deliveries of orders that were done already'),
    dead,
    redelivered: counter('orders_redelivered_total', 'Deliveries that somebody had before'),
    unsureWrites: counter('store_writes_unsure_total', 'Writes whose answer was lost, then read back'),
    inHand: gauge('orders_in_hand', 'Deliveries that are not acknowledged yet'),
    storeAway: gauge('store_away', '1 while this worker does not take orders because the store is away'),
    queueAge: gauge('queue_age_seconds', 'How long the order that was taken last had waited'),
    partitionInHand: gauge('partition_in_hand', 'Deliveries of a partition that this worker has', [
      'partition',
    ]),
    partitionAge: gauge('partition_age_seconds', 'How old the oldest of them is', ['partition']),
    duration: new Histogram({
      name: 'carry_out_duration_seconds',
      help: 'From a delivery to its end',
      buckets: durationBuckets,
      registers,
    }),
  }
}

export type WorkerMetrics = ReturnType<typeof createWorkerMetrics>
