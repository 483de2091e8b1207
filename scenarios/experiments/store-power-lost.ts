import { storeDeadAlerts } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: as when the store is killed. What it said was written had been fsynced, so all of it is there. */
export const storePowerLost = event({
  name: 'store-power-lost',
  question: 'Do stored orders survive a power failure of the store, which takes what was not fsynced?',
  faults: [
    {
      kind: 'power-lost',
      target: { name: 'store' },
      when: { phase: 'hold', offsetMs: 5_000 },
      forMs: 5_000,
    },
  ],
  alerts: storeDeadAlerts,
  objectives: behindTheQueueObjectives,
})
