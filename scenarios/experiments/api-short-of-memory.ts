import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: it sheds, or is killed and started anew: what was in flight ends unsure. */
export const apiShortOfMemory = event({
  name: 'api-short-of-memory',
  question: 'Does an API replica without memory to grow into lose an order?',
  faults: [
    {
      kind: 'memory-limit',
      target: { role: 'api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
