import type { AlertPlan } from '../chaos/slo/alert.ts'
import { alertsOfRuns } from './alerts.ts'

/** What an experiment says of alerts, less the rules themselves. */
export type ExpectedAlerts = Omit<AlertPlan, 'rules'>

/** Judged by every rule that there is, on the time of a run. */
export function alertPlan(expected: ExpectedAlerts): AlertPlan {
  return { rules: alertsOfRuns, ...expected }
}

/** As `expected`, where this alert may fire too. */
export function alsoMay(expected: ExpectedAlerts, alert: string, because: string): ExpectedAlerts {
  return { ...expected, mayFire: [...expected.mayFire, { alert, because }] }
}

/** One of two breaks, or a client, or what orders wait for without anybody's hurry: it is nobody's night. */
export const nobodyIsWoken: ExpectedAlerts = { mustFire: [], mayFire: [] }

/** Of two replicas one restarts, and the answers of the other are lost. */
export const bothAtOnceAlerts: ExpectedAlerts = {
  mustFire: [],
  mayFire: [
    { alert: 'ErrorBudgetBurn3d', because: 'what is refused when everybody comes back is near 2 %' },
    { alert: 'Shedding', because: 'they come back in one crowd, and the replica has just begun' },
  ],
}

/** No worker reaches the store, and everybody else does. */
export const storeAwayAlerts: ExpectedAlerts = {
  // A worker gives up a write after 2 s, and the rule waits for one more; 1.8 s were seen.
  mustFire: [{ alert: 'StoreAway', withinMs: 6_000 }],
  mayFire: [],
}

/** The store itself is gone: neither workers nor readers reach it. */
export const storeDeadAlerts: ExpectedAlerts = {
  mustFire: [
    // 0.6 to 1.4 s were seen.
    { alert: 'StoreAway', withinMs: 6_000 },
    // More than half of the last reads failed; 0.2 to 3.3 s were seen.
    { alert: 'BreakerOpen', withinMs: 8_000 },
  ],
  mayFire: [],
}

/** The store stands still for 5 s: who asks it waits at first. */
export const storePausedAlerts: ExpectedAlerts = {
  // 2.3 s were seen: readers give up before workers do.
  mustFire: [{ alert: 'BreakerOpen', withinMs: 8_000 }],
  mayFire: [
    {
      alert: 'StoreAway',
      because: 'workers give up after 2 s, and the store goes on soon after that: 1 s was seen',
    },
  ],
}

/** Answers of the store are lost on their way to the workers, for 6 s. */
export const storeAnswersLostAlerts: ExpectedAlerts = {
  // A write is given up after 2 s, what became of it is asked for, and that is given up too; 3.4 s were seen.
  mustFire: [{ alert: 'StoreAway', withinMs: 8_000 }],
  mayFire: [],
}

/** A worker's clock is minutes ahead: each order that it takes seems to have waited for so long. Nothing else tells. */
export const wrongClockAlerts: ExpectedAlerts = {
  // The rule waits for two seconds; 2.3 s were seen.
  mustFire: [{ alert: 'BacklogOld', withinMs: 8_000 }],
  mayFire: [],
}

/** No worker is there. */
export const noWorkerAlerts: ExpectedAlerts = {
  // Gone at once, and the rule waits for a second; 1.9 s were seen.
  mustFire: [{ alert: 'NoWorker', withinMs: 6_000 }],
  mayFire: [],
}

/**
 * No API replica gets an order to the broker for 4 s and more: everybody is refused, at first slowly and then by the
 * breaker. `laterMs` is how much later than a cut that shows, after the first fault.
 */
export function brokerAwayAlerts(laterMs = 0): ExpectedAlerts {
  return {
    mustFire: [
      // More than half of the last publishes failed, and the rule waits for a second; 1.0 to 2.3 s were seen.
      { alert: 'BreakerOpen', withinMs: laterMs + 6_000 },
      // 2 % of all orders so far, and 12 % of them with 12 % of the last 30 s; 1.0 to 2.0 s were seen.
      { alert: 'ErrorBudgetBurn3d', withinMs: laterMs + 6_000 },
      { alert: 'ErrorBudgetBurn6h', withinMs: laterMs + 6_000 },
      // 29 % of all orders so far, and of the last 5 s; 2.1 to 4.0 s were seen.
      { alert: 'ErrorBudgetBurn1h', withinMs: laterMs + 10_000 },
      // 15 % of the last 5 s, at every look for 5 s; 6.2 to 7.5 s were seen.
      { alert: 'Shedding', withinMs: laterMs + 15_000 },
    ],
    mayFire: [],
  }
}

const seenGoneLate =
  'it was seen gone only after it had been declared again, and that is done once a second at most'

/** The queue has no binding for some milliseconds, or for a second: nothing can be routed meanwhile. */
export const bindingRemovedAlerts: ExpectedAlerts = {
  mustFire: [],
  mayFire: [
    { alert: 'BreakerOpen', because: seenGoneLate },
    { alert: 'ErrorBudgetBurn3d', because: seenGoneLate },
    { alert: 'ErrorBudgetBurn6h', because: seenGoneLate },
  ],
}

/** Publishers are blocked for 5 s, as without a broker, and its queue is gone for some of them. */
export const queueDeletedAlerts: ExpectedAlerts = {
  // 2.1 and 2.3 s were seen.
  mustFire: [
    { alert: 'BreakerOpen', withinMs: 8_000 },
    { alert: 'ErrorBudgetBurn3d', withinMs: 8_000 },
  ],
  mayFire: [
    { alert: 'ErrorBudgetBurn6h', because: 'what 5 s come to is near 12 %: one run of two' },
    { alert: 'ErrorBudgetBurn1h', because: 'what 5 s come to is near 29 %: one run of two' },
    { alert: 'Shedding', because: 'it waits for 5 s, as long as publishers are blocked' },
  ],
}

/** A broker that stands still, or whose confirms are lost: nothing fails before the API gives a publish up. */
export const brokerPausedAlerts: ExpectedAlerts = {
  mustFire: [
    // The first answers come when a publish is given up; 3.8 and 6.6 s were seen.
    { alert: 'ErrorBudgetBurn6h', withinMs: 12_000 },
    { alert: 'ErrorBudgetBurn3d', withinMs: 12_000 },
  ],
  mayFire: [
    { alert: 'ErrorBudgetBurn1h', because: 'it held for one to four seconds, until the broker went on' },
    { alert: 'BreakerOpen', because: 'publishes are given up just before the broker goes on' },
    { alert: 'Shedding', because: 'as many are turned away as wait for their publish at that moment' },
  ],
}

const largeInTheWay =
  'who waits behind a large order is given no answer in time: seeds have three to eleven of them'

/** Ways to the broker that carry less than is asked for: orders wait, and more and more of them are given up. */
export const thinBrokerAlerts: ExpectedAlerts = {
  // Half of what comes fits through, and the rule waits for 5 s: 7.5 to 7.8 s were seen.
  mustFire: [{ alert: 'Shedding', withinMs: 14_000 }],
  mayFire: [
    { alert: 'ErrorBudgetBurn3d', because: largeInTheWay },
    { alert: 'ErrorBudgetBurn6h', because: largeInTheWay },
    { alert: 'ErrorBudgetBurn1h', because: largeInTheWay },
  ],
}

/** The queue is full for 5 s: what workers cannot store is in it, and more is refused. */
export const queueFullAlerts: ExpectedAlerts = {
  mustFire: [
    // Workers are cut off from the store half a second after the first fault; 2.4 s were seen.
    { alert: 'StoreAway', withinMs: 8_000 },
    // 2.4 s were seen.
    { alert: 'ErrorBudgetBurn3d', withinMs: 8_000 },
    { alert: 'ErrorBudgetBurn6h', withinMs: 8_000 },
    // 3.5 s were seen.
    { alert: 'ErrorBudgetBurn1h', withinMs: 12_000 },
  ],
  mayFire: [{ alert: 'Shedding', because: 'it waits for 5 s, as long as the queue is full' }],
}

/** One of two ways to the broker breaks again and again: half of the attempts are refused. */
export const oneBrokerLinkAlerts: ExpectedAlerts = {
  mustFire: [
    // 2.0 s were seen.
    { alert: 'BreakerOpen', withinMs: 8_000 },
    { alert: 'ErrorBudgetBurn3d', withinMs: 8_000 },
    // 3.1 s were seen.
    { alert: 'ErrorBudgetBurn6h', withinMs: 10_000 },
  ],
  mayFire: [
    { alert: 'ErrorBudgetBurn1h', because: 'half of the attempts of a third of the load are near 29 %' },
    { alert: 'Shedding', because: 'it waits for 5 s, and the link is up every second one' },
  ],
}

/** A way to the broker that is slow: orders wait, and the API turns some away to keep its answers quick. */
export const slowBrokerAlerts: ExpectedAlerts = {
  mustFire: [],
  mayFire: [
    { alert: 'Shedding', because: 'how many are turned away is near its limit of 15 %; 2.4 s were seen' },
  ],
}

/** A broker that is slower than the API aims at, for 15 s. */
export const brownOutAlerts: ExpectedAlerts = {
  // The limit is found within seconds, and the rule waits for 5 s; 9.3 s were seen.
  mustFire: [{ alert: 'Shedding', withinMs: 20_000 }],
  mayFire: [
    {
      alert: 'SlowP50',
      because: 'half of the answers wait for the slow broker: it held at one look of 15 s',
    },
  ],
}

/** The spike: the store is cut off from every worker in it, and one replica of the API from the broker. */
export const spikeAlerts: ExpectedAlerts = {
  mustFire: [],
  mayFire: [
    { alert: 'StoreAway', because: 'workers die meanwhile: a look without any of them begins its wait anew' },
    {
      alert: 'BreakerOpen',
      because: 'one replica is cut off for 1.5 s, which is how long its breaker is open',
    },
    { alert: 'ErrorBudgetBurn3d', because: 'what that replica refuses is near 2 % of the orders so far' },
    { alert: 'Shedding', because: 'the slow way before it turns away up to 12 % of all, and more of 5 s' },
  ],
}

/** A bad version on one of two replicas, in an experiment without a fault: what calls it back wakes somebody too. */
export const badVersionAlerts: ExpectedAlerts = {
  // 10.4 and 11.7 s were seen: the release begins in the spike, and its canary is there for some seconds first.
  mustFire: [{ alert: 'ErrorBudgetBurn3d', withinMs: 30_000, since: 'assault' }],
  mayFire: [
    { alert: 'ErrorBudgetBurn6h', because: 'the canary is taken back before it can have burnt much' },
    {
      alert: 'BreakerOpen',
      because: 'the bad version does not reach the broker: for as long as it is there',
    },
    {
      alert: 'Shedding',
      because:
        'what does not reach the broker refuses half of what it is asked: for a moment, in two runs of two',
    },
  ],
}

/** Twice, five times and ten times what the system carries is asked, for 10 s each. */
export const overloadAlerts: ExpectedAlerts = {
  // The first overload begins 20 s after the way was made thin; then as in `brokerAwayAlerts`. 24.9 and 25.3 s were seen.
  mustFire: [{ alert: 'Shedding', withinMs: 60_000 }],
  mayFire: [
    { alert: 'SlowP50', because: 'at twice as much, half of the answers are near 250 ms: one run of two' },
  ],
}
