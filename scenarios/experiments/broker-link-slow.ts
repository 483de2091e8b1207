import { slowBrokerAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: confirms are slow; the limit shrinks; the excess is shed. */
export const brokerLinkSlow = event({
  name: 'broker-link-slow',
  question: 'Does a slow way to the broker lose or repeat an order?',
  faults: [
    {
      kind: 'latency',
      target: { role: 'api->broker', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
      options: { latencyMs: 500 },
    },
  ],
  atOnceMax: 2,
  alerts: slowBrokerAlerts,
  objectives: refusedMeanwhileObjectives,
})
