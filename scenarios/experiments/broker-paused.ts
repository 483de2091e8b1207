import { brokerPausedAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: unsure or refused; redelivered orders are carried out once. */
export const brokerPaused = event({
  name: 'broker-paused',
  question: 'Does a broker that freezes and wakes deliver an order twice?',
  faults: [
    {
      kind: 'container-pause',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 6_000,
    },
  ],
  alerts: brokerPausedAlerts,
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
