import { brokerAwayAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: publishers are blocked and the API refuses; consumers go on. */
export const brokerAlarmRaised = event({
  name: 'broker-alarm-raised',
  question: 'Do publishers that the broker blocks lose an order?',
  faults: [
    {
      kind: 'broker-alarm',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 6_000,
    },
  ],
  alerts: brokerAwayAlerts(),
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
