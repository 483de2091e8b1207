import type { Trigger } from '../trigger.ts'

export const brokerRestartsWithFullQueue: Trigger = {
  name: 'broker-restarts-with-full-queue',
  description: 'the broker restarts while the store is away and the queue is full of orders',
  faults: (random) => [
    { kind: 'store-down', target: 'store', atMs: 800 + random.next() * 400, forMs: 3_500 },
    { kind: 'broker-restart', target: 'broker', atMs: 2_800 + random.next() * 600, forMs: 700 },
  ],
}
