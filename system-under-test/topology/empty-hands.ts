import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { ordersQueue } from '../queue/queue-layout.ts'
import type { BrokerManagement } from './broker-management.ts'

/** The broker notices a closed connection at once, and tells of it within its statistics' second. */
const deadlineMs = 20_000

/**
 * Ends the workers before the last look, so that what they hold goes back to where it can be seen: an order that goes
 * round and round between queue and worker is otherwise in neither place. Throws if the broker still counts some as held.
 */
export async function emptyHands(
  docker: Docker,
  workers: readonly { readonly id: string }[],
  management: BrokerManagement,
): Promise<void> {
  // 409: it is down already.
  await Promise.all(workers.map(({ id }) => docker.getContainer(id).kill().catch(passing(409))))
  const untilMs = performance.now() + deadlineMs
  while (true) {
    const queue = await management.queue(ordersQueue)
    if (queue === undefined || (queue.unacknowledged === 0 && queue.consumers === 0)) return
    if (performance.now() > untilMs) {
      throw new Error(
        `${deadlineMs / 1_000} s after the end of all workers the broker counts ${queue.unacknowledged} orders in the ` +
          `hands of ${queue.consumers} consumers; the queue cannot be read to its end`,
      )
    }
    await delay(200)
  }
}

function passing(status: number): (error: { statusCode?: number }) => void {
  return (error) => {
    if (error.statusCode !== status) throw error
  }
}
