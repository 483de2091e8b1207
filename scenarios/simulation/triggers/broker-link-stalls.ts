import type { Trigger } from '../trigger.ts'

export const brokerLinkStalls: Trigger = {
  name: 'broker-link-stalls',
  description: 'the link to the broker delivers everything, but later than anybody waits',
  faults: (random) => [
    { kind: 'blackhole', target: 'api-*→broker', atMs: 1_500 + random.next() * 1_000, forMs: 2_600 },
  ],
}
