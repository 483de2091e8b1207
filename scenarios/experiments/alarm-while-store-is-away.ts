import { alsoMay, brokerAwayAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: publishers are blocked; consumers wait for the store and drain after it. */
export const alarmWhileStoreIsAway = event({
  name: 'alarm-while-store-is-away',
  question: 'Do blocked publishers and a store that is away at once lose an order?',
  faults: [
    {
      kind: 'broker-alarm',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 6_000,
    },
    {
      kind: 'connection-cut',
      target: { role: 'worker->store', choose: 'all' },
      when: { phase: 'hold', offsetMs: 4_000 },
      forMs: 6_000,
    },
  ],
  atOnceMax: 3,
  alerts: alsoMay(
    brokerAwayAlerts(),
    'StoreAway',
    'workers see it by an order, and while publishers are blocked none comes',
  ),
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
