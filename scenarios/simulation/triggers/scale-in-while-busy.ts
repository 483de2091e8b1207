import { spike } from '../../profiles/spike.ts'
import type { Trigger } from '../trigger.ts'
import { autoscaled, plainOrders, smallWorkers, storeOfSmallWorkers } from './autoscaled.ts'

const profile = spike({
  basePerSecond: 28,
  peakPerSecond: 90,
  warmUpMs: 1_000,
  baseMs: 2_000,
  riseMs: 0,
  holdMs: 10_000,
  fallMs: 0,
  tailMs: 25_000,
})

/** Writes without an answer stay in a worker's hands for two seconds: whoever leaves then has some that are nowhere else. */
export const scaleInWhileBusy: Trigger = {
  ...autoscaled,
  name: 'scale-in-while-busy',
  description: 'workers are sent home after a peak, while orders come in and the store loses writes',
  settings: { ...smallWorkers, PREFETCH: '32', BACKLOG_PER_WORKER: '40' },
  load: { ...plainOrders, profile },
  faults: () => [
    storeOfSmallWorkers,
    {
      kind: 'store-write-timeouts',
      target: 'store',
      atMs: 13_000,
      forMs: 30_000,
      options: { timeoutShare: 0.3 },
    },
  ],
}
