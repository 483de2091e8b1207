import { furtherCheckers } from '../../../chaos/checkers/list.ts'
import { acceptsOverall } from '../limits.ts'
import type { Trigger } from '../trigger.ts'

export const badRequestsFlood: Trigger = {
  name: 'bad-requests-flood',
  description: 'six in ten requests are no orders at all; nothing else is wrong',
  load: { orders: 400, invalidShare: 0.6, attemptsMax: 1 },
  // Nothing is broken: not one valid order may pay for the bad ones.
  objectives: [acceptsOverall(0.999)],
  promises: [furtherCheckers.noInvalidOrders()],
  faults: () => [],
}
