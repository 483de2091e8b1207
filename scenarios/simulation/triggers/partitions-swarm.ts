import type { Trigger } from '../trigger.ts'
import { eightCustomers, partitioned } from './partitioned.ts'
import { swarm } from './swarm.ts'

export const partitionsSwarm: Trigger = {
  ...swarm,
  ...partitioned,
  name: 'partitions-swarm',
  description: 'the orders of eight customers, in partitions, while two to four things break at random times',
  load: { ...swarm.load, clients: eightCustomers },
}
