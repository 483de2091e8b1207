import type { Trigger } from '../trigger.ts'

export const workerKilledWhileWritesAreLost: Trigger = {
  name: 'worker-killed-while-writes-are-lost',
  description:
    'a third of the writes has no answer, later ones overtake them, and both workers are killed in turn',
  faults: (random) => [
    { kind: 'store-write-timeouts', target: 'store', atMs: 500, forMs: 5_000 },
    { kind: 'process-kill', target: 'worker-1', atMs: 2_000 + random.next() * 1_000, forMs: 700 },
    { kind: 'process-kill', target: 'worker-2', atMs: 3_800 + random.next() * 1_000, forMs: 700 },
  ],
}
