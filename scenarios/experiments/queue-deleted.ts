import { queueDeletedAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: the API refuses; whoever meets the broker without the queue declares it again. */
export const queueDeleted = event({
  name: 'queue-deleted',
  question: 'Is an order lost when the queue vanishes, and is the queue declared again?',
  faults: [
    // Publishers are blocked, so that the queue is empty when it goes: what it took along would be the fault's own loss.
    {
      kind: 'broker-alarm',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 5_000,
    },
    {
      kind: 'queue-deleted',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_500 },
      forMs: 2_000,
    },
  ],
  alerts: queueDeletedAlerts,
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
