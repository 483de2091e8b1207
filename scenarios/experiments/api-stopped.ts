import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: it stops accepting, finishes what it holds, and closes; the other replica serves. */
export const apiStopped = event({
  name: 'api-stopped',
  question: 'Does stopping an API replica in order, under load, lose an order?',
  faults: [
    {
      kind: 'container-stop',
      target: { role: 'api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 4_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
