import type { Trigger } from '../trigger.ts'

/** The queue stays at its limit for the whole second: each order that a worker takes makes room for one other. */
export const burstIntoFullQueue: Trigger = {
  name: 'burst-into-full-queue',
  description: 'nine hundred orders in a second into a queue that holds fifty, before workers that are slow',
  load: { orders: 900, overMs: 1_000, attemptsMax: 1, largeShare: 0 },
  settings: { QUEUE_LENGTH_MAX: '50', PREFETCH: '4' },
  faults: (random) => [
    {
      kind: 'store-slow',
      target: 'store',
      atMs: 50 + random.next() * 50,
      forMs: 1_000,
      options: { serviceMs: 20 },
    },
  ],
}
