import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { consumersOf, type OrderQueues } from './consumers-of.ts'

/** A broker notices a closed connection at once, one that was not closed after its heartbeats. */
const deadlineMs = 20_000
const pollMs = 50

/**
 * Ends the workers before the last look, so that what they hold goes back to where it can be seen: an order that goes
 * round and round between queue and worker is otherwise in neither place. A queue takes back what a
 * consumer held in the moment in which it forgets the consumer. Throws if a queue still counts one.
 */
export async function emptyHands(
  docker: Docker,
  workers: readonly { readonly id: string }[],
  queues: OrderQueues,
): Promise<void> {
  // 409: it is down already.
  await Promise.all(workers.map(({ id }) => docker.getContainer(id).kill().catch(passing(409))))
  const untilMs = performance.now() + deadlineMs
  while (true) {
    // A broker that is busy answers late: it is asked again.
    const consumers = await consumersOf(queues).catch((error: Error) => error)
    if (consumers === 0) return
    if (performance.now() > untilMs) throw new Error(tooLate(consumers))
    await delay(pollMs)
  }
}

function tooLate(consumers: number | Error): string {
  const said =
    consumers instanceof Error
      ? `says nothing of the queue (${consumers.message})`
      : `counts ${consumers} consumers of the orders`
  return `${deadlineMs / 1_000} s after the end of all workers the broker ${said}; the queue cannot be read to its end`
}

function passing(status: number): (error: { statusCode?: number }) => void {
  return (error) => {
    if (error.statusCode !== status) throw error
  }
}
