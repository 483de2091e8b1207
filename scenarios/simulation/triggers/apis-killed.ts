import type { Trigger } from '../trigger.ts'

export const apisKilled: Trigger = {
  name: 'apis-killed',
  description: 'both API replicas are killed in turn',
  load: { orders: 480 },
  faults: (random) => [
    { kind: 'process-kill', target: 'api-1', atMs: 1_200 + random.next() * 1_000, forMs: 700 },
    { kind: 'process-kill', target: 'api-2', atMs: 3_200 + random.next() * 1_000, forMs: 700 },
  ],
}
