import { acceptsInEachFault, acceptsOverall } from '../../../scenarios/simulation/limits.ts'
import { plannedStopsLeaveNothingUnsure } from '../promises/planned-stops-leave-nothing-unsure.ts'
import { tellsWhenItIsNotReady } from '../promises/tells-when-it-is-not-ready.ts'
import { containerTrigger, onAll, onOne } from './container-trigger.ts'

const asksOnce = { attemptsMax: 1, repeatShare: 0, conflictShare: 0, largeShare: 0, invalidShare: 0 } as const

/** 5 s: longer than a publish waits for its confirm, so that each of its ends is met. */
export const publishesVanish = containerTrigger({
  name: 'publishes-vanish',
  question: 'Is an order accepted that never reached the broker?',
  faults: [onAll('blackhole', 'api->broker', [1_000, 5_000], { direction: 'upstream' })],
})

export const confirmsVanish = containerTrigger({
  name: 'confirms-vanish',
  question: 'Is an order refused, or carried out twice, whose confirm was lost?',
  load: { mix: { attemptsMax: 1 } },
  faults: [onAll('blackhole', 'api->broker', [1_000, 5_000], { direction: 'downstream' })],
})

/**
 * The broker stands still when the replica is asked to end, so that what is in flight is confirmed only afterwards: a
 * second at most, and clients wait for five. The API waits nearly as long, for on a busy machine two seconds were too few.
 * One replica only: who asks it while it is down is left in doubt by the way there, not by its end.
 */
export const apisStoppedWhileBrokerSlow = containerTrigger({
  name: 'apis-stopped-while-broker-slow',
  question: 'Is a client left in doubt when an API replica is asked to end?',
  settings: { PUBLISH_TIMEOUT_MS: '4500' },
  faults: [
    onAll('latency', 'api->broker', [0, 9_500], { latencyMs: 100, direction: 'both' }),
    onOne('container-pause', 'broker', [1_700, 1_000]),
    onOne('container-stop', 'api-1', [2_000, 1_500]),
  ],
  promises: [plannedStopsLeaveNothingUnsure],
})

export const apisKilled = containerTrigger({
  name: 'apis-killed',
  question: 'Does the death of the API lose what it accepted?',
  faults: [onAll('container-kill', 'api', [2_000, 500]), onAll('container-kill', 'api', [7_000, 500])],
})

/** A publish takes longer than good answers may, so that the API lets in less than is asked. */
export const brokerSlowForThoseWhoAskOnce = containerTrigger({
  name: 'broker-slow-for-those-who-ask-once',
  question: 'Is an order carried out that was turned away?',
  load: { mix: asksOnce },
  faults: [onAll('latency', 'api->broker', [500, 8_000], { latencyMs: 500, direction: 'both' })],
})

/**
 * Half of what is asked for fits through. Who lets in no more than that answers in time; behind a longer queue every
 * answer comes too late, also to those who come when the crowd has gone: a third was seen then, and a half without that.
 */
export const brokerTooThin = containerTrigger({
  name: 'broker-too-thin',
  question: 'Are as many orders accepted in time as fit through a thin way to the broker?',
  load: { holdMs: 14_000, mix: asksOnce },
  faults: [onAll('bandwidth', 'api->broker', [0, 14_000], { kilobytesPerS: 16, direction: 'upstream' })],
  objectives: [acceptsOverall(0.43)],
})

/**
 * 20 MB/s of orders, of which 64 kB/s fit through. A publish gives up after half a second, so that what it left in the
 * socket's buffer outlives it many times over: 10 MB/s in each API, whose container has 256 MiB. Of the 24 s that it takes, 12
 * were enough.
 */
export const brokerThinForLargeOrders = containerTrigger({
  name: 'broker-thin-for-large-orders',
  question: 'Does a thin way to the broker fill the API until its memory is gone?',
  load: { basePerSecond: 10, peakPerSecond: 75, holdMs: 26_000, mix: { ...asksOnce, largeShare: 0.9 } },
  settings: { PUBLISH_TIMEOUT_MS: '500' },
  faults: [onAll('bandwidth', 'api->broker', [0, 24_000], { kilobytesPerS: 64, direction: 'upstream' })],
  convergeWithinMs: 30_000,
})

/** A breaker asks again after at most 3 s, and a connection is tried each second: most of the load comes after that. */
export const brokerAwayAndBack = containerTrigger({
  name: 'broker-away-and-back',
  question: 'Are orders accepted again soon after the broker can be reached again?',
  load: { peakPerSecond: 100, holdMs: 26_000, mix: { attemptsMax: 2, largeShare: 0 } },
  faults: [onAll('connection-cut', 'api->broker', [2_000, 3_000])],
  objectives: [acceptsOverall(0.7)],
})

/** What an order needs only later is away: the queue stands between the two. */
export const storeAwayForThoseWhoAskOnce = containerTrigger({
  name: 'store-away-for-those-who-ask-once',
  question: 'Are orders accepted while the store is away, which they need only later?',
  load: { mix: asksOnce },
  faults: [onAll('connection-cut', 'api->store', [1_000, 6_000])],
  objectives: [acceptsInEachFault(0.85)],
})

export const oneApiCutOff = containerTrigger({
  name: 'one-api-cut-off',
  question: 'Does a replica that lost the broker say so?',
  faults: [onOne('connection-cut', 'api-1->broker', [1_000, 6_000])],
  promises: [tellsWhenItIsNotReady],
})
