import { storeDeadAlerts } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/**
 * A store that cannot write its log stops, and stays so until somebody has made room and started it again. Allowed
 * meanwhile: as when the store is killed.
 */
export const storeDiskFull = event({
  name: 'store-disk-full',
  question: 'Does a store whose disk fills lose what it said was written?',
  faults: [
    {
      kind: 'disk-full',
      target: { name: 'store' },
      when: { phase: 'hold', offsetMs: 2_000 },
      forMs: 6_000,
    },
    {
      kind: 'container-restart',
      target: { name: 'store' },
      when: { phase: 'hold', offsetMs: 9_000 },
      forMs: 3_000,
      options: { graceS: 5 },
    },
  ],
  alerts: storeDeadAlerts,
  objectives: behindTheQueueObjectives,
})
