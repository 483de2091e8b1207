import { spike } from '../../profiles/spike.ts'
import type { Trigger } from '../trigger.ts'
import {
  autoscaled,
  hasWorkersWithin,
  keepsItsWorkers,
  plainOrders,
  storeOfSmallWorkers,
} from './autoscaled.ts'

const profile = spike({
  basePerSecond: 25,
  peakPerSecond: 75,
  warmUpMs: 1_000,
  baseMs: 2_000,
  riseMs: 0,
  holdMs: 20_000,
  fallMs: 0,
  tailMs: 15_000,
})

export const autoscalerKilled: Trigger = {
  ...autoscaled,
  name: 'autoscaler-killed',
  description:
    'the autoscaler dies before the peak, comes back in it, and dies again when workers are to leave',
  load: { ...plainOrders, profile },
  // It is back three seconds into the peak.
  objectives: [keepsItsWorkers, hasWorkersWithin(10_000, 5, 'hold')],
  faults: (random) => [
    storeOfSmallWorkers,
    { kind: 'process-kill', target: 'autoscaler', atMs: 2_000 + random.next() * 500, forMs: 3_500 },
    { kind: 'process-kill', target: 'autoscaler', atMs: 26_000 + random.next() * 6_000, forMs: 4_000 },
  ],
}
