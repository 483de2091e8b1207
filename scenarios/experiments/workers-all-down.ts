import { noWorkerAlerts } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: the backlog grows, the API accepts until its bound; it drains when they are back. */
export const workersAllDown = event({
  name: 'workers-all-down',
  question: 'Does the death of every worker lose an order?',
  faults: [
    {
      kind: 'container-kill',
      target: { role: 'worker', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  atOnceMax: 2,
  alerts: noWorkerAlerts,
  objectives: behindTheQueueObjectives,
})
