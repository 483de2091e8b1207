import { containerTrigger, onAll, onOne } from './container-trigger.ts'

export const bindingRemoved = containerTrigger({
  name: 'binding-removed-under-load',
  question: 'Is an order accepted that the broker cannot route?',
  faults: [onOne('binding-removed', 'broker', [1_000, 5_000])],
})

/**
 * More than slow workers take, into a queue of fifty: it is at its limit for seconds, refusals overtake confirms, and
 * whatever is dropped or turned down has nowhere to go.
 */
export const queueFullAndDeadLettersAway = containerTrigger({
  name: 'queue-full-and-dead-letters-away',
  question: 'Does a full queue, or one whose dead letters go nowhere, drop what was promised?',
  load: { peakPerSecond: 300, holdMs: 8_000, mix: { attemptsMax: 1, poisonShare: 0.03, largeShare: 0 } },
  settings: { QUEUE_LENGTH_MAX: '50', PREFETCH: '8' },
  faults: [
    onOne('dead-letters-unbound', 'broker', [500, 6_500]),
    onAll('latency', 'worker->store', [1_000, 6_000], { latencyMs: 50, direction: 'both' }),
    // What piles up meanwhile comes at once: some are taken in, and the refusals of the others overtake their confirms.
    ...[1_500, 2_500, 3_500, 4_500, 5_500].map((atMs) => onOne('container-pause', 'broker', [atMs, 300])),
  ],
})

/** The store is away, so that more waits in the broker than in the hands of the workers when it dies. */
export const brokerKilledWithFullQueue = containerTrigger({
  name: 'broker-killed-with-full-queue',
  question: 'Do orders that wait in the queue survive the death of the broker?',
  load: { tailMs: 8_000 },
  faults: [
    onAll('connection-cut', 'worker->store', [500, 8_000]),
    onOne('container-kill', 'broker', [5_000, 500]),
  ],
  convergeWithinMs: 90_000,
})
