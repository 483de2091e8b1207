import { stockAddsUp } from '../../promises/stock-adds-up.ts'
import type { SimulatedFault } from '../simulated-fault.ts'
import type { Trigger } from '../trigger.ts'

export const sagaClockSkewed: Trigger = {
  name: 'saga-clock-skewed',
  description:
    'orders of two steps; the clock of one worker is five minutes behind, and the other one dies between them',
  settings: { SAGA: 'on' },
  promises: [stockAddsUp],
  faults: (random): readonly SimulatedFault[] => [
    { kind: 'clock-skew', target: 'worker-1', atMs: 300, forMs: 7_000, options: { skewMs: -300_000 } },
    { kind: 'store-slow', target: 'store', atMs: 300, forMs: 6_000, options: { serviceMs: 120 } },
    { kind: 'process-kill', target: 'worker-2', atMs: 1_500 + random.next() * 1_000, forMs: 600 },
    { kind: 'process-kill', target: 'worker-2', atMs: 3_500 + random.next() * 1_000, forMs: 600 },
  ],
}
