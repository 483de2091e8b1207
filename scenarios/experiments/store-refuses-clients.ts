import { storeDeadAlerts } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: workers wait, and go on within seconds. */
export const storeRefusesClients = event({
  name: 'store-refuses-clients',
  question: 'Do good orders end in the dead letters while the store takes no clients?',
  faults: [
    {
      kind: 'store-refuses-clients',
      target: { name: 'store' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  alerts: storeDeadAlerts,
  objectives: behindTheQueueObjectives,
  // Good orders among the dead letters are what is asked for: after a hundred of them the answer is known.
  abortWhen: [{ reading: 'dead-letters', above: 100 }],
})
