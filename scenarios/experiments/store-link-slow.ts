import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: the backlog grows within its bound. */
export const storeLinkSlow = event({
  name: 'store-link-slow',
  question: 'Does a slow way to the store lose or repeat an order?',
  faults: [
    {
      kind: 'latency',
      target: { role: 'worker->store', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
      options: { latencyMs: 200 },
    },
  ],
  atOnceMax: 2,
  alerts: nobodyIsWoken,
  objectives: behindTheQueueObjectives,
})
