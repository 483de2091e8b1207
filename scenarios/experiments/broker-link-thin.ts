import { thinBrokerAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: backpressure is honoured; the excess is shed. */
export const brokerLinkThin = event({
  name: 'broker-link-thin',
  question: 'Does a thin way to the broker fill the API with orders that wait?',
  faults: [
    {
      kind: 'bandwidth',
      target: { role: 'api->broker', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 10_000,
      options: { kilobytesPerS: 24, direction: 'upstream' },
    },
  ],
  atOnceMax: 2,
  alerts: thinBrokerAlerts,
  objectives: refusedMeanwhileObjectives,
})
