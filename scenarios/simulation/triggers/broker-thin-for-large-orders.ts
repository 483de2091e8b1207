import { furtherCheckers } from '../../../chaos/checkers/list.ts'
import type { Trigger } from '../trigger.ts'

/** Each API is sent 1.3 MB a second, of which 64 kB fit through: 4 MiB wait after four seconds where nothing holds them back. */
export const brokerThinForLargeOrders: Trigger = {
  name: 'broker-thin-for-large-orders',
  description: 'orders of ninety kilobytes, and a way to the broker on which one takes more than a second',
  load: {
    orders: 300,
    overMs: 10_000,
    attemptsMax: 1,
    repeatShare: 0,
    doubleShare: 0,
    conflictShare: 0,
    largeShare: 0.95,
  },
  // Late confirms are to come early, so that there is always room for what comes next.
  settings: { PUBLISH_TIMEOUT_MS: '500' },
  promises: [furtherCheckers.nothingEndedByItself()],
  faults: () => [
    { kind: 'bandwidth', target: 'api-*→broker', atMs: 1_000, forMs: 8_000, options: { kilobytesPerS: 64 } },
  ],
}
