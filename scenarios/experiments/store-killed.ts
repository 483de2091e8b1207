import { storeDeadAlerts } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: workers wait; the API accepts until its bound. */
export const storeKilled = event({
  name: 'store-killed',
  question: 'Do stored orders survive the death of the store?',
  faults: [
    {
      kind: 'container-kill',
      target: { name: 'store' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 5_000,
    },
  ],
  alerts: storeDeadAlerts,
  objectives: behindTheQueueObjectives,
  // Good orders among the dead letters are what is asked for: after a hundred of them the answer is known.
  abortWhen: [{ reading: 'dead-letters', above: 100 }],
})
