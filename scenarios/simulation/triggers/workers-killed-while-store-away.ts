import type { Trigger } from '../trigger.ts'

export const workersKilledWhileStoreAway: Trigger = {
  name: 'workers-killed-while-store-away',
  description:
    'both workers are killed six times while the store is away: they hold orders that they cannot write',
  load: { overMs: 7_500, orders: 300 },
  faults: (random) => [
    { kind: 'store-down', target: 'store', atMs: 500, forMs: 6_000 },
    ...Array.from({ length: 6 }, (_, times) => ({
      kind: 'process-kill',
      target: 'worker-*',
      atMs: 1_000 + times * 900 + random.next() * 300,
      forMs: 300,
    })),
  ],
}
