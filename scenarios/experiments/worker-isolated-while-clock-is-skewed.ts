import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: nothing that anyone sees but a redelivery. */
export const workerIsolatedWhileClockIsSkewed = event({
  name: 'worker-isolated-while-clock-is-skewed',
  question: 'Does a worker with a wrong clock that is cut off change or repeat an order?',
  faults: [
    {
      kind: 'clock-skew',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 2_000 },
      forMs: 14_000,
      options: { offsetS: -300 },
    },
    {
      kind: 'isolation',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 5_000 },
      forMs: 6_000,
    },
  ],
  atOnceMax: 2,
  alerts: nobodyIsWoken,
  objectives: behindTheQueueObjectives,
})
