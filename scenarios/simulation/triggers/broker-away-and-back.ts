import { isBackToNormalWithin } from '../limits.ts'
import type { Trigger } from '../trigger.ts'

export const brokerAwayAndBack: Trigger = {
  name: 'broker-away-and-back',
  description:
    'the APIs lose the broker for three seconds, long enough for breakers to open, and then get it back',
  load: { orders: 900, overMs: 24_000, attemptsMax: 2 },
  // A breaker asks again after at most 3 s, a connection is tried each second, and the measure steps by seconds.
  objectives: [isBackToNormalWithin(6_000)],
  faults: (random) => [
    { kind: 'connection-cut', target: 'api-*→broker', atMs: 3_000 + random.next() * 500, forMs: 3_000 },
  ],
}
