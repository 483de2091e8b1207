import type { Trigger } from '../trigger.ts'

export const confirmsLost: Trigger = {
  name: 'confirms-lost',
  description: 'the broker takes the orders, and a third of its confirms is lost',
  faults: (random) => [
    {
      kind: 'answers-lost',
      target: 'api-*→broker',
      atMs: 1_000 + random.next() * 500,
      forMs: 2_500,
      options: { share: 0.3 },
    },
  ],
}
