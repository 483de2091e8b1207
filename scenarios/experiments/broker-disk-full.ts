import { brokerAwayAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: publishers are blocked and the API refuses; consumers go on. */
export const brokerDiskFull = event({
  name: 'broker-disk-full',
  question:
    'Does a broker whose disk fills lose an order, or does it refuse new ones and go on when there is room?',
  faults: [
    {
      kind: 'disk-full',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      // 14 s: with a gigabyte free this broker looks each 7.6 s how much there is, and nothing happens before it has looked.
      forMs: 14_000,
      // Below the 50 MB under which this broker blocks publishers, and enough for what it still has to write itself.
      options: { leaveKb: 20_480 },
    },
  ],
  alerts: brokerAwayAlerts(8_000),
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
