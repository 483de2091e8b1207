import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: unsure; the client asks again. */
export const clientLinkReset = event({
  name: 'client-link-reset',
  question: 'Do connections that are reset before the answer lose or repeat an order?',
  faults: [
    {
      kind: 'connection-reset',
      target: { role: 'client->api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 6_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
