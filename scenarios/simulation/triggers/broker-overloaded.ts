import { acceptsOverall } from '../limits.ts'
import type { Trigger } from '../trigger.ts'

export const brokerOverloaded: Trigger = {
  name: 'broker-overloaded',
  description: 'three times more orders than the broker confirms, from clients that ask once',
  load: {
    orders: 3_600,
    overMs: 12_000,
    attemptsMax: 1,
    repeatShare: 0,
    doubleShare: 0,
    conflictShare: 0,
    largeShare: 0,
  },
  // 100 of 300 a second can be confirmed, and the first crowd, which is let in too large, gets no answer in time.
  objectives: [acceptsOverall(0.22)],
  faults: () => [{ kind: 'broker-thin', target: 'broker', atMs: 0, forMs: 13_000, options: { gapMs: 10 } }],
}
