import { plannedRestartsLeaveNothingUnsure } from '../promises/planned-restarts-leave-nothing-unsure.ts'
import type { Trigger } from '../trigger.ts'

export const apisRestartedWhileBrokerSlow: Trigger = {
  name: 'apis-restarted-while-broker-slow',
  description: 'both API replicas are asked to end in turn, while each publish takes a third of a second',
  promises: [plannedRestartsLeaveNothingUnsure],
  faults: (random) => [
    { kind: 'latency', target: 'api-*→broker', atMs: 300, forMs: 5_500, options: { delayMs: 150 } },
    { kind: 'process-stop', target: 'api-1', atMs: 1_200 + random.next() * 800, forMs: 1_500 },
    { kind: 'process-stop', target: 'api-2', atMs: 3_500 + random.next() * 800, forMs: 1_500 },
  ],
}
