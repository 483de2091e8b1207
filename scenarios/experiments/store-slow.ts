import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: response times and the backlog grow. */
export const storeSlow = event({
  name: 'store-slow',
  question: 'Does a store that answers in bursts lose or repeat an order?',
  faults: [
    {
      kind: 'store-slow',
      target: { name: 'store' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: behindTheQueueObjectives,
})
