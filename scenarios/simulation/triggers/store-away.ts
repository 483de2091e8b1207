import type { Trigger } from '../trigger.ts'

export const storeAway: Trigger = {
  name: 'store-away',
  description: 'the store is away for five seconds, longer than anything should be kept from it by accident',
  load: { overMs: 8_000, orders: 320 },
  faults: (random) => [
    { kind: 'store-down', target: 'store', atMs: 1_000 + random.next() * 500, forMs: 5_000 },
  ],
}
