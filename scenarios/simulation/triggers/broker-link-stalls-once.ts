import type { Trigger } from '../trigger.ts'

/** Clients that try once show what a single answer is worth: a second attempt would mend it. */
export const brokerLinkStallsOnce: Trigger = {
  name: 'broker-link-stalls-once',
  description: 'the link to the broker delivers everything, but later than anybody waits; clients try once',
  load: { attemptsMax: 1 },
  faults: (random) => [
    { kind: 'blackhole', target: 'api-*→broker', atMs: 1_500 + random.next() * 1_000, forMs: 2_600 },
  ],
}
