import { wrongClockAlerts } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: nothing that anyone sees. */
export const workerClockSkewed = event({
  name: 'worker-clock-skewed',
  question: 'Does a worker whose clock is five minutes off change an order?',
  faults: [
    {
      kind: 'clock-skew',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 10_000,
      options: { offsetS: 300 },
    },
  ],
  alerts: wrongClockAlerts,
  objectives: behindTheQueueObjectives,
})
