import { spike } from '../../profiles/spike.ts'
import type { Trigger } from '../trigger.ts'
import { autoscaled, keepsItsWorkers, plainOrders, storeOfSmallWorkers } from './autoscaled.ts'

const profile = spike({
  basePerSecond: 10,
  peakPerSecond: 75,
  warmUpMs: 1_000,
  baseMs: 2_000,
  riseMs: 0,
  holdMs: 15_000,
  fallMs: 0,
  tailMs: 25_000,
})

/** It goes blind at the peak, and the load ends before it sees again: "I see nothing" must not read as "nothing waits". */
export const metricsAwayWhileScaled: Trigger = {
  ...autoscaled,
  name: 'metrics-away-while-scaled',
  description: 'the autoscaler cannot see the queue from the peak until well after it',
  load: { ...plainOrders, profile },
  objectives: [keepsItsWorkers],
  faults: (random) => [
    storeOfSmallWorkers,
    {
      kind: 'connection-cut',
      target: 'autoscaler→broker',
      atMs: 14_000 + random.next() * 2_000,
      forMs: 16_000,
    },
  ],
}
