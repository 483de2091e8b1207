import { acceptsInEachFault } from '../limits.ts'
import type { Trigger } from '../trigger.ts'

export const storeAwayForThoseWhoAskOnce: Trigger = {
  name: 'store-away-for-those-who-ask-once',
  description: 'the store is away for four seconds; orders need it only later, and clients ask once',
  load: { attemptsMax: 1 },
  // The queue stands between the two: an order is accepted as if nothing had happened.
  objectives: [acceptsInEachFault(0.99)],
  faults: (random) => [
    { kind: 'store-down', target: 'store', atMs: 1_000 + random.next() * 500, forMs: 4_000 },
  ],
}
