import type { Reading } from '../../chaos/system.ts'
import type { BrokerManagement } from './broker-management.ts'
import { consumersOf, type OrderQueues } from './consumers-of.ts'
import type { ReplicaPlace } from './observe.ts'

export interface SteadyStatePlace {
  readonly management: BrokerManagement
  readonly queues: OrderQueues
  readonly replicas: readonly ReplicaPlace[]
  readonly workers: number
}

/** Everybody is ready, every worker consumes, and nothing waits: neither in the queue nor in somebody's hands. */
export async function readSteadyState(place: SteadyStatePlace): Promise<Reading> {
  const { names } = place.queues
  const [queue, consumers, ...ready] = await Promise.all([
    place.management.queues(names).catch(() => undefined),
    consumersOf(place.queues).catch(() => undefined),
    ...place.replicas.map((replica) => isReady(replica.port)),
  ])
  const away = place.replicas.filter((_, index) => ready[index] !== true).map((replica) => replica.name)
  if (queue === undefined || consumers === undefined)
    return { ok: false, evidence: 'the broker says nothing of the queue of orders' }
  const waiting = queue.ready + queue.unacknowledged
  // Each worker stands ready at each queue. Of several, one consumer is active and a queue counts no other; only the
  // statistics, which come later, do.
  const consuming = names.length === 1 ? consumers : Math.floor(queue.consumers / names.length)
  return {
    ok: away.length === 0 && waiting === 0 && consuming >= place.workers,
    evidence:
      `${away.length === 0 ? 'every replica is ready' : `not ready: ${away.join(', ')}`}, ` +
      `${consuming} of ${place.workers} workers consume, backlog ${queue.ready} and ${queue.unacknowledged} in hand`,
  }
}

/** Does it answer its readiness with yes, within two seconds? Never throws. */
export async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, {
      signal: AbortSignal.timeout(2_000),
    })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}
