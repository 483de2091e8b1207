import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: one replica after the other stops in order and comes back. */
export const apiRollingRestart = event({
  name: 'api-rolling-restart',
  question: 'Does restarting every API replica in turn, under load, lose or repeat an order?',
  faults: [
    {
      kind: 'rolling-restart',
      target: { role: 'api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 12_000,
    },
  ],
  atOnceMax: 2,
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
