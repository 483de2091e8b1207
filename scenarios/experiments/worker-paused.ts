import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: its orders stay with it or go to another; a late acknowledgement does no harm. */
export const workerPaused = event({
  name: 'worker-paused',
  question: 'Does a worker that freezes and wakes carry an order out twice?',
  faults: [
    {
      kind: 'container-pause',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: behindTheQueueObjectives,
})
