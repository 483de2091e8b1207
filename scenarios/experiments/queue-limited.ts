import { queueFullAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: the queue refuses what is over its limit, and so does the API. */
export const queueLimited = event({
  name: 'queue-limited',
  question: 'Is an order accepted that the queue refuses?',
  faults: [
    {
      kind: 'policy-changed',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
      options: { messagesMax: 50 },
    },
    {
      kind: 'connection-cut',
      target: { role: 'worker->store', choose: 'all' },
      when: { phase: 'hold', offsetMs: 4_000 },
      forMs: 5_000,
    },
  ],
  atOnceMax: 3,
  alerts: queueFullAlerts,
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
