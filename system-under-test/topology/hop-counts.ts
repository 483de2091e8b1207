import type { HopCounts } from '../../chaos/system.ts'
import type { BrokerManagement } from './broker-management.ts'
import { metricsOf, type ReplicaPlace, type Sample } from './observe.ts'

/**
 * What each hop counted by itself. A replica or a broker that was started anew has forgotten what it counted before,
 * so these sums can only be compared in a run in which nobody was restarted.
 */
export async function hopCountsOf(
  management: BrokerManagement,
  orderQueues: readonly string[],
  replicas: readonly ReplicaPlace[],
): Promise<HopCounts> {
  const queue = await management.queues(orderQueues).catch(() => undefined)
  const samples = (await Promise.all(replicas.map((replica) => metricsOf(replica)))).flatMap(
    (each) => each ?? [],
  )
  return {
    acceptedByApi: sumOf(samples, 'orders_accepted_total'),
    confirmedByBroker: queue?.published,
    effectsInStore: sumOf(samples, 'orders_stored_total'),
  }
}

function sumOf(samples: readonly Sample[], name: string): number | undefined {
  const own = samples.filter((sample) => sample.name === name)
  return own.length === 0 ? undefined : own.reduce((sum, sample) => sum + sample.value, 0)
}
