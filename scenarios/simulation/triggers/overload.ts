import type { Trigger } from '../trigger.ts'

export const overload: Trigger = {
  name: 'overload',
  description: 'eight times more orders than the replicas let in at once, from clients that try once',
  load: { orders: 400, overMs: 1_800, attemptsMax: 1, repeatShare: 0, doubleShare: 0, conflictShare: 0 },
  settings: { IN_FLIGHT_MAX: '8' },
  faults: (random) => [
    {
      kind: 'latency',
      target: 'api-*→broker',
      atMs: 300 + random.next() * 200,
      forMs: 1_200,
      options: { delayMs: 60 },
    },
  ],
}
