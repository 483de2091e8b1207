import type { Trigger } from '../trigger.ts'

export const storeRefuses: Trigger = {
  name: 'store-refuses',
  description: 'the store refuses a third of the writes for three seconds',
  faults: (random) => [
    { kind: 'store-refuses', target: 'store', atMs: 1_000 + random.next() * 1_000, forMs: 3_000 },
  ],
}
