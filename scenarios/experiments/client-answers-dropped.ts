import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: the work is done and nobody hears of it; the same key again gives the same answer. */
export const clientAnswersDropped = event({
  name: 'client-answers-dropped',
  question: 'Is an order done twice when a third of the answers is thrown away after the work was done?',
  faults: [
    {
      kind: 'response-lost',
      target: { role: 'client->api', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
      options: { share: 0.3 },
    },
  ],
  atOnceMax: 2,
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
