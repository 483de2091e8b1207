import type { Trigger } from '../trigger.ts'

export const doubleClicks: Trigger = {
  name: 'double-clicks',
  description: 'half of the orders come twice at the same time, through both replicas, and the store is slow',
  load: { doubleShare: 0.5 },
  faults: (random) => [
    {
      kind: 'store-slow',
      target: 'store',
      atMs: 200 + random.next() * 300,
      forMs: 5_000,
      options: { serviceMs: 60 },
    },
  ],
}
