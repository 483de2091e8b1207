import type { Trigger } from '../trigger.ts'

export const storeWriteTimeouts: Trigger = {
  name: 'store-write-timeouts',
  description: 'a third of the writes ends without an answer: done, not done, or done later',
  faults: (random) => [
    { kind: 'store-write-timeouts', target: 'store', atMs: 800 + random.next() * 500, forMs: 4_000 },
  ],
}
