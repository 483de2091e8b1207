import type { KneeTerms } from '../chaos/slo/carries-at-least.ts'
import type { Objective } from '../chaos/slo/objective.ts'

/**
 * Every number that a run is judged by, with its reason. An experiment takes these, or some of them; nothing else in
 * the project states a limit of its own.
 *
 * They are sized for a machine with two cores that carries the whole topology and the load generator at once. There,
 * without faults, 1,000 orders a second were answered within 4 to 5 ms (median) and 156 ms (99 %), and the same
 * setting measured twice differed by up to 40 %.
 */
const lossMax = 0.02
const responseP99MsMax = 10_000
const responseP50MsMax = 250
const shedMax = 0.15
const attemptsMax = 1.25
const drainedMsMax = 30_000
const normalMsMax = 20_000

/** What the order intake promises over a spike with faults that it is meant to tolerate. */
export const orderObjectives: readonly Objective[] = [
  {
    name: 'availability',
    promise: 'accepts 98 % of the orders over the assault, whatever breaks in it',
    indicator: { kind: 'availability' },
    window: { over: 'assault' },
    // The client asks up to four times within 15 s, and every fault is over sooner; what is left are arrivals that the
    // generator dropped (1 % are allowed) and the same again for orders whose attempts all met the fault.
    atLeast: 1 - lossMax,
    // A thousandth of the smallest loss that must be seen, twenty times over.
    samplesMin: 1_000,
  },
  {
    name: 'availability-in-each-fault',
    promise: 'accepts 90 % of the orders that arrive while a fault is in',
    indicator: { kind: 'availability' },
    window: { over: 'each-fault' },
    // One of two replicas, workers or links is away for 3 to 5 s: a client that met it asks the other one.
    atLeast: 0.9,
    // The shortest fault of the spike lasts 1.5 s at 500/s, and an early one may fall into the base load: 3 s at 200/s.
    samplesMin: 200,
  },
  {
    name: 'response-time-p99',
    promise: 'accepts 99 % of the accepted orders within 10 s of their intended start',
    indicator: { kind: 'response-time', quantile: 0.99 },
    window: { over: 'assault' },
    // It counts from the arrival, also for orders that were turned away at first. Those come back after what they were
    // told, 1 to 3 s, and up to half as much again of their own; 9 s for two such turns. One order in twenty of the spike
    // meets the slow broker that way; 4.3 and 6.5 s were seen.
    atMost: responseP99MsMax,
    samplesMin: 1_000,
  },
  {
    name: 'response-time-p50',
    promise: 'accepts half of the accepted orders within 250 ms of their intended start',
    indicator: { kind: 'response-time', quantile: 0.5 },
    window: { over: 'assault' },
    // 5 ms without faults; the median must not feel any of them, only the generator's and the machine's own delays.
    atMost: responseP50MsMax,
    samplesMin: 1_000,
  },
  {
    name: 'shed',
    promise: 'turns away no more than 15 attempts for a hundred orders',
    indicator: { kind: 'shed' },
    window: { over: 'assault' },
    // Shedding is how the response time is kept. The peak is within what the API accepts (5,200/s and more), so that only
    // the broken way of one replica to the broker may cause it: half of 500/s for 5 s, most of them twice, are 10 % of
    // the assault's orders, and a backlog drains beside it. 3.5 to 11.5 % were seen with seven seeds.
    atMost: shedMax,
    samplesMin: 1_000,
  },
  {
    name: 'amplification',
    promise: 'is asked at most 1.25 times for each order: retries do not feed on themselves',
    indicator: { kind: 'amplification' },
    window: { over: 'assault' },
    // One order in ten is asked for again, some of them twice; a retry storm is three to four attempts an order.
    atMost: attemptsMax,
    samplesMin: 1_000,
  },
  {
    name: 'time-to-normal',
    promise: 'is back to normal 20 s after each heal',
    indicator: { kind: 'time-to-normal' },
    window: { over: 'each-fault' },
    // A breaker closes 2 to 5 s after its dependency is back, the reconnection of the store's driver takes up to 2 s; the
    // next fault of the spike begins 2 to 4 s after a heal and is in for 5 s, and no second is normal meanwhile.
    atMost: normalMsMax,
    samplesMin: 1,
  },
  {
    name: 'time-to-drained',
    promise: 'has an empty backlog 30 s after the end of the load',
    indicator: { kind: 'time-to-drained' },
    window: { over: 'assault' },
    // The store cut off for 5 to 10 s at the peak leaves 5,000 to 10,000 orders; the workers store 1,300 a second at
    // least and 200 a second still arrive: 9 s, and the tail of the load is 20 s. The rest is margin for a slow disk.
    atMost: drainedMsMax,
    // A backlog that is gone at the first look after the load leaves no more than that look.
    samplesMin: 1,
  },
]

const [timeToNormal, timeToDrained] = ['time-to-normal', 'time-to-drained'].map((wanted) =>
  orderObjectives.find(({ name }) => name === wanted),
) as [Objective, Objective]

/** What every event of the catalogue promises for afterwards, whatever was allowed meanwhile. */
export const recoveryObjectives: readonly Objective[] = [timeToNormal, timeToDrained]

/** Something behind the queue breaks, a worker or the store: whoever sends an order must not notice. */
export const behindTheQueueObjectives: readonly Objective[] = [
  ...recoveryObjectives,
  {
    name: 'availability-in-each-fault',
    promise: 'accepts 99 % of the orders that arrive while something behind the queue is broken',
    indicator: { kind: 'availability' },
    window: { over: 'each-fault' },
    // The queue holds 50,000 orders and no event leaves more than 2,000; 1 % are for the generator's own drops.
    atLeast: 0.99,
    // The shortest fault of the catalogue is in for 4 s at 200/s; a quarter of that is enough for a hundredth.
    samplesMin: 200,
  },
  {
    name: 'response-time-p99',
    promise: 'accepts 99 % of them within 1.5 s of their intended start',
    indicator: { kind: 'response-time', quantile: 0.99 },
    window: { over: 'each-fault' },
    // 40 ms without faults. The rest is for the machine: a container that dies and starts takes one of two cores for a second.
    atMost: 1_500,
    samplesMin: 200,
  },
]

/** One of two breaks, a replica of the API or a way to it: the other one serves, and a client asks again. */
export const oneOfTwoObjectives: readonly Objective[] = [
  ...recoveryObjectives,
  {
    name: 'availability',
    promise: 'accepts 99 % of the orders over the assault: the other one serves',
    indicator: { kind: 'availability' },
    window: { over: 'assault' },
    // A client asks up to four times and the other replica every second time; what is left is what the generator dropped.
    atLeast: 0.99,
    samplesMin: 1_000,
  },
  {
    name: 'amplification',
    promise: 'is asked at most 1.5 times for each order: retries do not feed on themselves',
    indicator: { kind: 'amplification' },
    window: { over: 'assault' },
    // Half of the orders of a third of the assault meet the broken one, and are asked for once or twice more.
    atMost: 1.5,
    samplesMin: 1_000,
  },
]

/** One restarts while the answers of the other are lost: for some seconds nobody is told anything. */
export const bothAtOnceObjectives: readonly Objective[] = oneOfTwoObjectives.map((objective) =>
  objective.name === 'availability'
    ? {
        ...objective,
        promise: 'accepts 95 % of the orders over the assault: a client that comes back is served',
        // A restart takes 2 to 3 s of 39. A client comes back up to three times in that time: 1 % used them up.
        atLeast: 0.95,
      }
    : objective,
)

/** What carries orders to the broker breaks, or the broker: refused for a while, and nothing else. */
export const refusedMeanwhileObjectives: readonly Objective[] = [
  ...recoveryObjectives,
  {
    name: 'availability',
    promise: 'accepts 90 % of the orders over the assault: a client that comes back is served',
    indicator: { kind: 'availability' },
    window: { over: 'assault' },
    // A broker that is killed for 4 s, boots for 6 and is found again within 2 leaves nobody to accept for 12 s of 39. A
    // client comes back up to three times, and is told to wait longer the longer that lasts: 1 to 3 % were not accepted.
    atLeast: 0.9,
    samplesMin: 1_000,
  },
]

/** The way is only slow: everything arrives, late, and nobody asks twice. */
export const lateOnlyObjectives: readonly Objective[] = [
  ...recoveryObjectives,
  {
    name: 'availability-in-each-fault',
    promise: 'accepts 99 % of the orders that arrive while the way is slow',
    indicator: { kind: 'availability' },
    window: { over: 'each-fault' },
    // Late is not lost: a client waits for seconds. 1 % are for the generator's own drops.
    atLeast: 0.99,
    samplesMin: 200,
  },
  {
    name: 'amplification',
    promise: 'is asked at most 1.05 times for each order: a slow way starts no storm of retries',
    indicator: { kind: 'amplification' },
    window: { over: 'each-fault' },
    // Nothing fails, so nobody has a reason to ask again; repeats on purpose are orders of their own.
    atMost: 1.05,
    samplesMin: 200,
  },
]

/**
 * When a step of a load counts as carried. 95 %: of the rest, most are orders that came too late to be accepted within
 * their own step. 1 s: at the knee of an open load the queue in front of the API grows, and with it every answer.
 */
export const kneeTerms: KneeTerms = { goodputMin: 0.95, responseMsP99Max: 1_000 }

/**
 * What the order intake carries on a machine with two cores that is its own load generator too. In two of two runs 300/s
 * held and 450/s did not: there, a stall of a fifth of a second of any part fills what the API lets in at once, and who is
 * turned away comes back after more than a second. 250: a sixth less than what held.
 */
export const kneePerSecondMin = 250
