import { bothAtOnceAlerts } from '../../ci/alert-budget.ts'
import { bothAtOnceObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: unsure only; each order is carried out once. */
export const rollingRestartWhileAnswersAreLost = event({
  name: 'rolling-restart-while-answers-are-lost',
  question: 'Do restarts of the API while answers are lost double an order?',
  faults: [
    // First, so that its proof has a replica to ask that is not being restarted.
    {
      kind: 'blackhole',
      target: { role: 'client->api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 2_000 },
      forMs: 6_000,
      options: { direction: 'downstream' },
    },
    {
      kind: 'rolling-restart',
      target: { role: 'api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 5_000 },
      forMs: 12_000,
    },
  ],
  atOnceMax: 3,
  alerts: bothAtOnceAlerts,
  objectives: bothAtOnceObjectives,
})
