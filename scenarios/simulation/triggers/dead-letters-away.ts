import type { Trigger } from '../trigger.ts'

export const deadLettersAway: Trigger = {
  name: 'dead-letters-away',
  description: 'the dead letters cannot be reached for four seconds while poison arrives',
  load: { poisonShare: 0.1 },
  faults: (random) => [
    { kind: 'dead-letters-unbound', target: 'broker', atMs: 800 + random.next() * 400, forMs: 4_000 },
  ],
}
