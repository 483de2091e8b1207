import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: requests there end unsure or late; nothing is sent twice after it wakes. */
export const apiPaused = event({
  name: 'api-paused',
  question: 'Does an API replica that freezes and wakes send an order twice?',
  faults: [
    {
      kind: 'container-pause',
      target: { role: 'api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 5_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
