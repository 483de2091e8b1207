import { storeAwayAlerts } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: workers stop consuming; no delivery is burnt; the backlog waits. */
export const storeLinkCut = event({
  name: 'store-link-cut',
  question: 'Do orders end in the dead letters, or nowhere, while the store cannot be reached?',
  faults: [
    {
      kind: 'connection-cut',
      target: { role: 'worker->store', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  atOnceMax: 2,
  alerts: storeAwayAlerts,
  objectives: behindTheQueueObjectives,
})
