import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: it finishes what it holds, acknowledges, and leaves. */
export const workerStopped = event({
  name: 'worker-stopped',
  question: 'Does stopping a worker in order leave an order half done?',
  faults: [
    {
      kind: 'container-stop',
      // The one that has most to finish.
      target: { role: 'worker', by: 'most-unacknowledged' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 4_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: behindTheQueueObjectives,
})
