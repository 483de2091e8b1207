import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: its orders are delivered again to the other one. */
export const workerIsolated = event({
  name: 'worker-isolated',
  question: 'Does a worker that nobody can reach, and that reaches nobody, hold orders back for good?',
  faults: [
    {
      kind: 'isolation',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: behindTheQueueObjectives,
})
