import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: requests in flight end unsure; the other replica serves; the client asks again with the same key. */
export const apiKilled = event({
  name: 'api-killed',
  question: 'Does killing one of two API replicas lose or repeat an order?',
  faults: [
    {
      kind: 'container-kill',
      target: { role: 'api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 4_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
