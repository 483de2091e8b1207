import { storeAnswersLostAlerts } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: the worker reads it back; it never writes blindly again. */
export const storeAnswersLost = event({
  name: 'store-answers-lost',
  question: 'Is an order whose write was applied, and whose answer was lost, carried out twice?',
  faults: [
    {
      kind: 'blackhole',
      target: { role: 'worker->store', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 6_000,
      options: { direction: 'downstream' },
    },
  ],
  atOnceMax: 2,
  alerts: storeAnswersLostAlerts,
  objectives: behindTheQueueObjectives,
})
