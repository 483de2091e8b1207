import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: errors from whatever stands before the API are unsure to a client, who asks again. */
export const clientServedErrors = event({
  name: 'client-served-errors',
  question: 'Do errors that somebody on the way gives instead of the API lose or repeat an order?',
  faults: [
    {
      kind: 'http-error',
      target: { role: 'client->api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
      options: { status: 502, share: 0.3 },
    },
  ],
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
