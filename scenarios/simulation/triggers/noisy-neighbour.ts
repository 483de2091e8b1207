import { noisyIsHeldTo, quietAreAccepted } from '../limits.ts'
import type { Trigger } from '../trigger.ts'

export const noisyNeighbour: Trigger = {
  name: 'noisy-neighbour',
  description:
    'one client sends three times what both replicas allow it, beside five that keep to it; all ask once',
  load: {
    orders: 2_400,
    overMs: 6_000,
    attemptsMax: 1,
    repeatShare: 0,
    doubleShare: 0,
    conflictShare: 0,
    largeShare: 0,
    poisonShare: 0,
    clients: { noisyShare: 0.7, quietCount: 5 },
  },
  settings: { CLIENT_PER_SECOND: '40', CLIENT_BURST: '40' },
  // 80 of its 280 a second, and 80 of 1,680 that it had saved: a third.
  objectives: [quietAreAccepted(0.999), noisyIsHeldTo(0.4)],
  faults: () => [],
}
