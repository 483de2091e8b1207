import type { Trigger } from '../trigger.ts'

export const brokerLinkCut: Trigger = {
  name: 'broker-link-cut',
  description: 'the APIs cannot reach the broker for two seconds, and what was on its way is lost',
  faults: (random) => [
    { kind: 'connection-cut', target: 'api-*→broker', atMs: 1_500 + random.next() * 1_000, forMs: 2_500 },
  ],
}
