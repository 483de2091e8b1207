import { brokerPausedAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: unsure, never accepted; the same key again is carried out once. */
export const confirmsLost = event({
  name: 'confirms-lost',
  question: 'Is an order whose confirm was lost accepted, lost, or carried out twice?',
  faults: [
    {
      kind: 'blackhole',
      target: { role: 'api->broker', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 6_000,
      options: { direction: 'downstream' },
    },
  ],
  atOnceMax: 2,
  alerts: brokerPausedAlerts,
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
