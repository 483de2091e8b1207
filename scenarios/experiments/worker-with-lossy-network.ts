import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: slow; the transport sends again. */
export const workerWithLossyNetwork = event({
  name: 'worker-with-lossy-network',
  question: 'Does a network that loses a third of a worker’s packets lose an order?',
  faults: [
    {
      kind: 'packet-loss',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
      options: { share: 0.3 },
    },
  ],
  alerts: nobodyIsWoken,
  objectives: behindTheQueueObjectives,
})
