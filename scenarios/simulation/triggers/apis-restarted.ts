import type { Trigger } from '../trigger.ts'

export const apisRestarted: Trigger = {
  name: 'apis-restarted',
  description: 'both API replicas are asked to end, one after the other, as a deployment does',
  faults: (random) => [
    { kind: 'process-stop', target: 'api-1', atMs: 1_200 + random.next() * 800, forMs: 1_500 },
    { kind: 'process-stop', target: 'api-2', atMs: 3_500 + random.next() * 800, forMs: 1_500 },
  ],
}
