import { drainsWithin } from '../limits.ts'
import type { Trigger } from '../trigger.ts'
import { eightCustomers, partitioned } from './partitioned.ts'

/** Half of the partitions are one worker's, which cannot carry anything out: another one that can has to have them. */
export const partitionsWorkerWithoutStore: Trigger = {
  ...partitioned,
  name: 'partitions-worker-without-store',
  description:
    'one of two workers loses its way to the store for half a minute, and keeps that to the broker',
  load: { orders: 240, overMs: 6_000, clients: eightCustomers },
  // A few seconds for letting go, and a few for what waited meanwhile; without it, as long as the way is cut.
  objectives: [drainsWithin(10_000)],
  faults: (random) => [
    {
      kind: 'connection-cut',
      target: random.pick(['worker-1→store', 'worker-2→store']),
      atMs: 1_000,
      forMs: 30_000,
    },
  ],
}
