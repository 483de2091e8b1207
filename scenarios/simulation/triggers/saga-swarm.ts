import { stockAddsUp } from '../../promises/stock-adds-up.ts'
import type { Trigger } from '../trigger.ts'
import { swarm } from './swarm.ts'

/** Without the broker's troubles: while it is away nobody takes a step, and what breaks the steps would break nothing. */
export const sagaSwarm: Trigger = {
  ...swarm,
  name: 'saga-swarm',
  description: 'orders of two steps, while processes, the store and the way of clients break at random times',
  settings: { SAGA: 'on' },
  promises: [stockAddsUp],
  faults: (random) => swarm.faults(random).filter(({ target }) => !target.includes('broker')),
}
