import type { Trigger } from '../trigger.ts'

export const queueFull: Trigger = {
  name: 'queue-full',
  description:
    'the store is away and the queue is short: it fills, and the dead letters cannot be reached either',
  load: { attemptsMax: 2 },
  settings: { QUEUE_LENGTH_MAX: '60' },
  faults: (random) => [
    { kind: 'store-down', target: 'store', atMs: 800 + random.next() * 400, forMs: 4_500 },
    { kind: 'dead-letters-unbound', target: 'broker', atMs: 800 + random.next() * 400, forMs: 4_500 },
  ],
}
