import type { Trigger } from '../trigger.ts'

export const brokerLinkSwallows: Trigger = {
  name: 'broker-link-swallows',
  description: 'what the APIs send to the broker is swallowed for longer than they wait for a confirm',
  faults: (random) => [
    {
      kind: 'blackhole-then-reset',
      target: 'api-*→broker',
      atMs: 1_500 + random.next() * 1_000,
      forMs: 2_600,
    },
  ],
}
