import type { Trigger } from '../trigger.ts'

export const workerKilledWhileStoreSlow: Trigger = {
  name: 'worker-killed-while-store-slow',
  description: 'both workers are killed in turn while the store is slow and their hands are full',
  faults: (random) => [
    { kind: 'store-slow', target: 'store', atMs: 500, forMs: 5_000, options: { serviceMs: 250 } },
    { kind: 'process-kill', target: 'worker-1', atMs: 1_500 + random.next() * 1_000, forMs: 700 },
    { kind: 'process-kill', target: 'worker-2', atMs: 3_200 + random.next() * 1_000, forMs: 700 },
  ],
}
