import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: its orders are delivered again; each effect is there once. */
export const workerKilled = event({
  name: 'worker-killed',
  question: 'Does killing a worker while it carries orders out lose or repeat one?',
  faults: [
    {
      kind: 'container-kill',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 4_000,
    },
  ],
  objectives: behindTheQueueObjectives,
  // One of two workers is nobody's night: what must be done is done by the other one.
  alerts: nobodyIsWoken,
})
