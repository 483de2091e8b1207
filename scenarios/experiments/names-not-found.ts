import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: the connections that it has are used; addresses that it knew serve. */
export const namesNotFound = event({
  name: 'names-not-found',
  question: 'Does an API replica that finds no names any more lose an order?',
  faults: [
    {
      kind: 'dns-failure',
      target: { role: 'api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
