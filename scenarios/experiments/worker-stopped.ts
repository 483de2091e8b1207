import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: it finishes what it holds, acknowledges, and leaves. */
export const workerStopped = event({
  name: 'worker-stopped',
  question: 'Does stopping a worker in order leave an order half done?',
  faults: [
    {
      kind: 'container-stop',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 4_000,
    },
  ],
  objectives: behindTheQueueObjectives,
})
