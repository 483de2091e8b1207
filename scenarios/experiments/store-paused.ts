import { storePausedAlerts } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: response times and the backlog grow. */
export const storePaused = event({
  name: 'store-paused',
  question: 'Does a store that stands still for some seconds lose or repeat an order?',
  faults: [
    {
      kind: 'container-pause',
      target: { name: 'store' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 5_000,
    },
  ],
  alerts: storePausedAlerts,
  objectives: behindTheQueueObjectives,
})
