import { furtherCheckers } from '../../../chaos/checkers/list.ts'
import { quietAreAccepted } from '../../../scenarios/simulation/limits.ts'
import { containerTrigger, onAll, onOne } from './container-trigger.ts'

/** So slow a way to the store that each customer always has another order behind the one that is being carried out. */
const slow = { latencyMs: 50, direction: 'both' } as const

export const partitionsWorkersKilled = containerTrigger({
  name: 'partitions-workers-killed',
  question: 'Is the order of each customer kept when one worker after the other dies?',
  load: { mix: { largeShare: 0, clients: { noisyShare: 1 / 12, quietCount: 11, areCustomers: true } } },
  settings: { PARTITIONS: '4', KEY_UNFINISHED_MAX: '15' },
  faults: [
    onAll('latency', 'worker->store', [500, 8_000], slow),
    onOne('container-kill', 'worker-1', [2_000, 1_000]),
    onOne('container-kill', 'worker-2', [5_500, 1_000]),
  ],
  promises: [furtherCheckers.noReorderedOrders()],
})

/**
 * A lane carries some nine orders a second, and the hot key sends ninety: 100 of them fill its partition, and half of the
 * others are in the same one: 74 % of theirs were accepted without a bound, and all with it. Dropped arrivals count as
 * everybody's, and a tenth of them may be dropped.
 */
export const hotKeyBesideOthers = containerTrigger({
  name: 'hot-key-beside-others',
  question: 'Are the others served while one customer sends far more than one lane carries?',
  load: {
    mix: { attemptsMax: 1, largeShare: 0, clients: { noisyShare: 0.6, quietCount: 60, areCustomers: true } },
  },
  settings: { PARTITIONS: '2', QUEUE_LENGTH_MAX: '200' },
  faults: [onAll('latency', 'worker->store', [200, 9_500], slow)],
  objectives: [quietAreAccepted(0.85)],
})
