import { noStaleReads } from '../../../chaos/checkers/no-stale-reads.ts'
import type { Trigger } from '../trigger.ts'

export const ordersReadWhileTheyChange: Trigger = {
  name: 'orders-read-while-they-change',
  description:
    'orders of two steps are read at both replicas in turn, from when they are stored; the store is slow',
  load: { readShare: 0.3, orders: 120, attemptsMax: 1 },
  settings: { SAGA: 'on' },
  promises: [noStaleReads()],
  faults: () => [
    { kind: 'store-slow', target: 'store', atMs: 300, forMs: 6_000, options: { serviceMs: 120 } },
  ],
}
