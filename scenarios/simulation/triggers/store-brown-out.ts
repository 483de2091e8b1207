import { drainsWithin } from '../limits.ts'
import type { Trigger } from '../trigger.ts'

/**
 * What came in during the brown-out is a hundred and fifty orders, and there is room for forty more a second
 * afterwards: four seconds' work, unless the store is kept busy with what it has done already.
 */
export const storeBrownOut: Trigger = {
  name: 'store-brown-out',
  description: 'the store can do twice of what it is asked; for five seconds it can do a fifth of it',
  load: { orders: 400, overMs: 10_000 },
  objectives: [drainsWithin(15_000)],
  faults: (random) => [
    { kind: 'store-thin', target: 'store', atMs: 0, forMs: 40_000, options: { gapMs: 12 } },
    {
      kind: 'store-thin',
      target: 'store',
      atMs: 1_500 + random.next() * 1_000,
      forMs: 5_000,
      options: { gapMs: 120 },
    },
  ],
}
