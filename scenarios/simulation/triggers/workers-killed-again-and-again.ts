import type { Trigger } from '../trigger.ts'

export const workersKilledAgainAndAgain: Trigger = {
  name: 'workers-killed-again-and-again',
  description:
    'both workers are killed six times in a row while the store is slow: the same orders come back each time',
  load: { overMs: 7_500, orders: 300 },
  faults: (random) =>
    Array.from({ length: 6 }, (_, times) => ({
      kind: 'process-kill',
      target: 'worker-*',
      atMs: 1_000 + times * 900 + random.next() * 300,
      forMs: 300,
    })).concat([{ kind: 'store-slow', target: 'store', atMs: 500, forMs: 6_500 }]),
}
