import { drainsWithin } from '../../../scenarios/simulation/limits.ts'
import { leaksNoConnection } from '../../../scenarios/simulation/promises/leaks-no-connection.ts'
import { containerTrigger, onAll, onOne } from './container-trigger.ts'

/** 17 s: the broker ends a connection after two to three heartbeats of 5 s, and the worker finds it closed. */
export const workersFrozen = containerTrigger({
  name: 'workers-frozen-past-their-heartbeat',
  question: 'Does a worker come back with one connection after the broker gave it up?',
  load: { peakPerSecond: 60, holdMs: 20_000, tailMs: 6_000 },
  faults: [onAll('container-pause', 'worker', [500, 17_000])],
  promises: [leaksNoConnection],
})

/** Five deaths with the same orders in hand: more than three returns, and fewer than fifty. */
export const workersKilledWhileStoreAway = containerTrigger({
  name: 'workers-killed-while-store-away',
  question: 'Is an order dropped because workers died with it in hand?',
  load: { peakPerSecond: 60, holdMs: 19_000 },
  faults: [
    onAll('connection-cut', 'worker->store', [500, 18_000]),
    ...[1_500, 5_000, 8_500, 12_000, 15_500].map((atMs) => onAll('container-kill', 'worker', [atMs, 300])),
  ],
})

/** Away for longer than orders may wait with a limit that nobody asked for. */
export const storeCutOffUnderLoad = containerTrigger({
  name: 'store-cut-off-under-load',
  question: 'Is an order lost or given up because the store was away for seconds?',
  faults: [onAll('connection-cut', 'worker->store', [3_500, 5_000])],
})

/** What needs no store is settled meanwhile, and then the workers die with everything else in hand. */
export const workersKilledWhileWritesVanish = containerTrigger({
  name: 'workers-killed-while-writes-vanish',
  question: 'Is an order acknowledged that is not stored yet?',
  load: { mix: { poisonShare: 0.05 } },
  faults: [
    onAll('blackhole', 'worker->store', [1_000, 3_500], { direction: 'upstream' }),
    onAll('container-kill', 'worker', [2_500, 500]),
  ],
})

/** Everything is written and nobody hears of it: whoever gets the order again must find out. */
export const workersKilledWhileAnswersVanish = containerTrigger({
  name: 'workers-killed-while-answers-vanish',
  question: 'Is an order carried out twice, or by half, whose worker died before it heard of the write?',
  faults: [
    onAll('blackhole', 'worker->store', [1_000, 4_500], { direction: 'downstream' }),
    onAll('container-kill', 'worker', [2_500, 500]),
  ],
})

/**
 * For some seconds the store's disk takes two writes a second, and each write of an order is four: the store gives them up
 * by itself after one second or two. Connections live, so that whoever repeats is heard.
 */
export const storeBrownsOut = containerTrigger({
  name: 'store-browns-out',
  question: 'Is what a brown-out left worked off soon after it?',
  load: { peakPerSecond: 200, holdMs: 12_000, mix: { attemptsMax: 1, largeShare: 0 } },
  settings: { STORE_TIMEOUT_MS: '10000', PREFETCH: '1000' },
  faults: [onOne('disk-slow', 'store', [1_000, 10_000], { writesPerS: 2 })],
  // 12 s were seen with the bug and 2.4 s without it.
  objectives: [drainsWithin(6_000)],
})

/** Requests go out one after the other, so that a cut leaves some of those that were sent together with the store. */
export const writesTorn = containerTrigger({
  name: 'writes-torn',
  question: 'Is an order lost that was written together with others, when only some of them got through?',
  load: { mix: { largeShare: 0 } },
  settings: { PREFETCH: '16' },
  faults: [
    onAll('bandwidth', 'worker->store', [500, 9_000], { kilobytesPerS: 16, direction: 'upstream' }),
    ...[2_000, 4_000, 6_000, 8_000].map((atMs) => onAll('connection-cut', 'worker->store', [atMs, 300])),
  ],
})

export const workersStopped = containerTrigger({
  name: 'workers-stopped',
  question: 'Does a worker that is asked to end finish what it has?',
  faults: [onAll('container-stop', 'worker', [2_000, 500]), onAll('container-stop', 'worker', [7_000, 500])],
})
