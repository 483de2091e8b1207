import { stockAddsUp } from '../../promises/stock-adds-up.ts'
import type { Trigger } from '../trigger.ts'

export const sagaAnswersLost: Trigger = {
  name: 'saga-answers-lost',
  description:
    'orders of two steps, one in ten of which is refused; a third of the writes ends without an answer',
  load: { poisonShare: 0.1 },
  settings: { SAGA: 'on' },
  promises: [stockAddsUp],
  faults: () => [{ kind: 'store-write-timeouts', target: 'store', atMs: 500, forMs: 5_000 }],
}
