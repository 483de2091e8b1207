import type { Trigger } from '../trigger.ts'

export const burstIntoFullQueue: Trigger = {
  name: 'burst-into-full-queue',
  description: 'nine hundred orders in a second into a queue that holds a hundred, while the store is away',
  load: { orders: 900, overMs: 1_000, attemptsMax: 1, largeShare: 0 },
  settings: { QUEUE_LENGTH_MAX: '100' },
  faults: (random) => [{ kind: 'store-down', target: 'store', atMs: 50 + random.next() * 50, forMs: 1_500 }],
}
