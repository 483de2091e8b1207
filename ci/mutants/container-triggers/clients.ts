import { furtherCheckers } from '../../../chaos/checkers/list.ts'
import { acceptsOverall, noisyIsHeldTo, quietAreAccepted } from '../../../scenarios/simulation/limits.ts'
import { wastesAtMost } from '../../../scenarios/simulation/promises/wasted-work.ts'
import { containerTrigger, onAll } from './container-trigger.ts'

/** Nothing is broken; what clients send is enough. */
export const calm = containerTrigger({
  name: 'calm',
  question: 'Is every order carried out once and as it was sent where nothing breaks?',
  load: { holdMs: 8_000, mix: { largeShare: 0.01, poisonShare: 0.01, conflictShare: 0.04 } },
  // Nothing waits here but what goes round for ever.
  convergeWithinMs: 20_000,
})

/** Both of two are on their way at once, and where the second one comes late the API does not hear of the first. */
export const repeatsWhileStoreSlow = containerTrigger({
  name: 'repeats-while-store-slow',
  question: 'Is an order carried out once that comes twice while the store is slow?',
  load: { mix: { repeatShare: 0.4 } },
  faults: [
    onAll('latency', 'api->store', [500, 9_000], { latencyMs: 150, direction: 'both' }),
    onAll('latency', 'worker->store', [500, 9_000], { latencyMs: 150, direction: 'both' }),
  ],
})

export const badRequestsFlood = containerTrigger({
  name: 'bad-requests-flood',
  question: 'Do orders pay for requests that are no orders?',
  load: { peakPerSecond: 100, mix: { invalidShare: 0.5, attemptsMax: 1, largeShare: 0 } },
  promises: [furtherCheckers.noInvalidOrders()],
  // Nothing is broken: 5 % are for arrivals that a busy machine drops.
  objectives: [acceptsOverall(0.95)],
})

/**
 * One client sends 105 a second where it may send 30; five others have the rest. Dropped arrivals count as everybody's, and
 * a tenth of them may be dropped; what is accepted of a bucket that all share is a fifth.
 */
export const noisyClient = containerTrigger({
  name: 'noisy-client',
  question: 'Does one client far over its quota take anything from the others?',
  load: { mix: { attemptsMax: 1, largeShare: 0, clients: { noisyShare: 0.7, quietCount: 5 } } },
  settings: { CLIENT_PER_SECOND: '15', CLIENT_BURST: '15' },
  objectives: [quietAreAccepted(0.7), noisyIsHeldTo(0.55)],
})

/**
 * To look an order up takes 0.7 s, and its client leaves after 0.4 s. Of those who leave on a busy machine without that,
 * some are rightly carried out: they were published in time.
 */
export const lookUpsSlowForTheImpatient = containerTrigger({
  name: 'look-ups-slow-for-the-impatient',
  question: 'Is work begun for clients who have left?',
  load: {
    mix: { attemptsMax: 1, timeoutMs: 400, repeatShare: 0, conflictShare: 0, largeShare: 0, invalidShare: 0 },
  },
  settings: { LOOK_UP_TIMEOUT_MS: '5000' },
  faults: [onAll('latency', 'api->store', [500, 9_000], { latencyMs: 350, direction: 'both' })],
  promises: [wastesAtMost(0.4)],
})
