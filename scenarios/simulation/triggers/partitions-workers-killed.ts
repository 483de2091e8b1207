import type { Trigger } from '../trigger.ts'
import { eightCustomers, partitioned } from './partitioned.ts'

export const partitionsWorkersKilled: Trigger = {
  ...partitioned,
  name: 'partitions-workers-killed',
  description:
    'the orders of eight customers, in partitions, while one worker after the other is killed and the store is slow',
  load: { overMs: 7_500, orders: 400, clients: eightCustomers },
  faults: (random) =>
    Array.from({ length: 6 }, (_, times) => ({
      kind: 'process-kill',
      target: times % 2 === 0 ? 'worker-1' : 'worker-2',
      atMs: 1_000 + times * 900 + random.next() * 300,
      forMs: 600,
    })).concat([{ kind: 'store-slow', target: 'store', atMs: 500, forMs: 6_500 }]),
}
