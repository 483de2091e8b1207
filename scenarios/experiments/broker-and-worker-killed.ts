import { brokerAwayAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: redelivery; each effect is there once. */
export const brokerAndWorkerKilled = event({
  name: 'broker-and-worker-killed',
  question: 'Does the death of the broker and of a worker at once lose or repeat an order?',
  faults: [
    {
      kind: 'container-kill',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 4_000,
    },
    {
      kind: 'container-kill',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_500 },
      forMs: 4_000,
    },
  ],
  atOnceMax: 2,
  alerts: brokerAwayAlerts(),
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
