import { stockAddsUp } from '../../promises/stock-adds-up.ts'
import type { Trigger } from '../trigger.ts'

export const sagaWorkerKilledBetweenSteps: Trigger = {
  name: 'saga-worker-killed-between-steps',
  description:
    'orders of two steps, one in ten of which is refused; workers die again and again between the two',
  load: { poisonShare: 0.1 },
  settings: { SAGA: 'on' },
  promises: [stockAddsUp],
  faults: (random) => [
    { kind: 'store-slow', target: 'store', atMs: 300, forMs: 6_000, options: { serviceMs: 120 } },
    ...Array.from({ length: 6 }, (_, n) => ({
      kind: 'process-kill' as const,
      target: `worker-${1 + (n % 2)}`,
      atMs: 700 + n * 900 + random.next() * 500,
      forMs: 400,
    })),
  ],
}
