import { quietAreAccepted } from '../limits.ts'
import type { Trigger } from '../trigger.ts'
import { partitioned } from './partitioned.ts'

/**
 * A write takes 20 ms, so that one lane carries about 45 orders a second: the hot key sends more than twice that, which
 * would fill its partition within two seconds. A quarter of the others is in the same one.
 */
export const hotKeySpike: Trigger = {
  ...partitioned,
  name: 'hot-key-spike',
  description: 'one customer sends more than one lane carries, beside twenty others; all ask once',
  load: {
    orders: 1_400,
    overMs: 8_000,
    attemptsMax: 1,
    repeatShare: 0,
    doubleShare: 0,
    conflictShare: 0,
    largeShare: 0,
    clients: { noisyShare: 0.6, quietCount: 20, areCustomers: true },
  },
  settings: { ...partitioned.settings, QUEUE_LENGTH_MAX: '600' },
  // 0.6 % is the most that was seen in 80 runs: of twenty customers one sends several orders at once now and then, and meets its own bound.
  objectives: [quietAreAccepted(0.985)],
  faults: () => [{ kind: 'store-slow', target: 'store', atMs: 0, forMs: 9_000, options: { serviceMs: 20 } }],
}
