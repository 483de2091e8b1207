import type { SimulatedFault } from '../simulated-fault.ts'
import type { Trigger } from '../trigger.ts'
import { allFelt, usuallyHides } from './all-felt.ts'
import { eightCustomers, partitioned } from './partitioned.ts'
import { drawSwarm, swarm } from './swarm.ts'

export const partitionsSwarm: Trigger = {
  ...swarm,
  ...partitioned,
  name: 'partitions-swarm',
  description: 'the orders of eight customers, in partitions, while two to four things break at random times',
  load: { ...swarm.load, clients: eightCustomers },
  faults: (random) => allFelt(drawSwarm(random), hides),
}

/**
 * Eight customers soon have as many orders under way as one may have, where none is stored: all of theirs are refused
 * then, and nothing is sent to the broker.
 */
function hides(one: SimulatedFault, other: SimulatedFault): boolean {
  return usuallyHides(one, other) || (one.target === 'store' && /^api-.*→broker$/.test(other.target))
}
