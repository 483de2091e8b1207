import { spike } from '../../profiles/spike.ts'
import type { Trigger } from '../trigger.ts'
import { autoscaled, hasWorkersWithin, plainOrders, smallWorkers } from './autoscaled.ts'

const profile = spike({
  basePerSecond: 25,
  peakPerSecond: 25,
  warmUpMs: 1_000,
  baseMs: 4_000,
  riseMs: 0,
  holdMs: 20_000,
  fallMs: 0,
  tailMs: 10_000,
})

/** The load does not change, and the processors are idle: only what waits tells that there are too few workers. */
export const storeSlowWhileScaled: Trigger = {
  ...autoscaled,
  name: 'store-slow-while-scaled',
  description: 'an even load, and a store that becomes slow: more workers wait for it side by side',
  // Two workers are enough for the arrivals alone.
  settings: { ...smallWorkers, ARRIVALS_PER_WORKER: '20' },
  load: { ...plainOrders, profile },
  // Two orders in hand and 240 ms each: eight a second, so that 25/s ask for four.
  objectives: [hasWorkersWithin(12_000, 4, 'hold')],
  faults: () => [
    { kind: 'store-slow', target: 'store', atMs: 5_000, forMs: 30_000, options: { serviceMs: 240 } },
  ],
}
