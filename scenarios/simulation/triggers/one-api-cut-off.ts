import { acceptsInEachFault } from '../limits.ts'
import type { Trigger } from '../trigger.ts'

export const oneApiCutOff: Trigger = {
  name: 'one-api-cut-off',
  description: 'one API replica of two loses the broker for four seconds; a load balancer stands before them',
  load: { attemptsMax: 1, doubleShare: 0 },
  isBalanced: true,
  // The balancer looks every 200 ms: half of the orders of that time, one in forty, meet the wrong replica.
  objectives: [acceptsInEachFault(0.9)],
  faults: (random) => [
    { kind: 'connection-cut', target: 'api-1→broker', atMs: 1_000 + random.next() * 500, forMs: 4_000 },
  ],
}
