import { spike } from '../../profiles/spike.ts'
import type { Trigger } from '../trigger.ts'
import {
  autoscaled,
  hasWorkersWithin,
  plainOrders,
  storeOfSmallWorkers,
  turnsOnceAtMost,
} from './autoscaled.ts'

const profile = spike({
  basePerSecond: 10,
  peakPerSecond: 90,
  warmUpMs: 1_000,
  baseMs: 4_000,
  riseMs: 0,
  holdMs: 15_000,
  fallMs: 0,
  tailMs: 15_000,
})

export const spikeFromCalm: Trigger = {
  ...autoscaled,
  name: 'spike-from-calm',
  description: 'nine times the orders from one moment to the next; two workers carry a third of them',
  load: { ...plainOrders, profile },
  // 90/s, of which each takes 15: six.
  objectives: [hasWorkersWithin(10_000, 6, 'hold'), turnsOnceAtMost],
  faults: () => [storeOfSmallWorkers],
}
