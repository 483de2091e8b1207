import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: unsure; the same key again gives the same answer, from any replica. */
export const clientAnswersLost = event({
  name: 'client-answers-lost',
  question: 'Is an order whose answer was lost carried out once, when the client asks again?',
  faults: [
    {
      kind: 'blackhole',
      target: { role: 'client->api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 6_000,
      options: { direction: 'downstream' },
    },
  ],
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
