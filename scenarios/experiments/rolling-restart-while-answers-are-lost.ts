import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: unsure only; each order is carried out once. */
export const rollingRestartWhileAnswersAreLost = event({
  name: 'rolling-restart-while-answers-are-lost',
  question: 'Do restarts of the API while answers are lost double an order?',
  faults: [
    {
      kind: 'rolling-restart',
      target: { role: 'api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 12_000,
    },
    {
      kind: 'blackhole',
      target: { role: 'client->api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 4_000 },
      forMs: 5_000,
      options: { direction: 'downstream' },
    },
  ],
  atOnceMax: 3,
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
