import type { Trigger } from '../trigger.ts'

export const workersRestarted: Trigger = {
  name: 'workers-restarted',
  description: 'both workers are asked to end, one after the other, as a deployment does',
  faults: (random) => [
    { kind: 'store-slow', target: 'store', atMs: 500, forMs: 5_000, options: { serviceMs: 150 } },
    { kind: 'process-stop', target: 'worker-1', atMs: 1_200 + random.next() * 800, forMs: 1_500 },
    { kind: 'process-stop', target: 'worker-2', atMs: 3_500 + random.next() * 800, forMs: 1_500 },
  ],
}
