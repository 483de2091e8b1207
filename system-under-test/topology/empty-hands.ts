import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { BrokerManagement, QueueFacts } from './broker-management.ts'

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
  orderQueues: readonly string[],
): Promise<void> {
  // 409: it is down already.
  await Promise.all(workers.map(({ id }) => docker.getContainer(id).kill().catch(passing(409))))
  const untilMs = performance.now() + deadlineMs
  while (true) {
    // A broker that is busy answers late: it is asked again.
    const queue = await management.queues(orderQueues).catch((error: Error) => error)
    if (queue === undefined || isFree(queue)) return
    if (performance.now() > untilMs) throw new Error(tooLate(queue))
    await delay(200)
  }
}

function isFree(queue: QueueFacts | Error): boolean {
  return !(queue instanceof Error) && queue.unacknowledged === 0 && queue.consumers === 0
}

function tooLate(queue: QueueFacts | Error): string {
  const said =
    queue instanceof Error
      ? `says nothing of the queue (${queue.message})`
      : `counts ${queue.unacknowledged} orders in the hands of ${queue.consumers} consumers`
  return `${deadlineMs / 1_000} s after the end of all workers the broker ${said}; the queue cannot be read to its end`
}

function passing(status: number): (error: { statusCode?: number }) => void {
  return (error) => {
    if (error.statusCode !== status) throw error
  }
}
