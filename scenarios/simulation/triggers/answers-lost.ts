import type { Trigger } from '../trigger.ts'

export const answersLost: Trigger = {
  name: 'answers-lost',
  description: 'a third of the answers to the clients is lost',
  faults: (random) => [
    {
      kind: 'answers-lost',
      target: 'client→*',
      atMs: 500 + random.next() * 500,
      forMs: 4_000,
      options: { share: 0.3 },
    },
  ],
}
