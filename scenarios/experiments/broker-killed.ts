import { brokerAwayAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: refused until it is back; what was confirmed is there, and what was delivered comes again. */
export const brokerKilled = event({
  name: 'broker-killed',
  question: 'Do confirmed orders survive the death of the broker?',
  faults: [
    {
      kind: 'container-kill',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 4_000,
    },
  ],
  alerts: brokerAwayAlerts(),
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
