import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: it sheds before it publishes, and what it accepts is carried out. */
export const apiStarvedOfCpu = event({
  name: 'api-starved-of-cpu',
  question: 'Does an API replica with a fifth of a core break its promises?',
  faults: [
    {
      kind: 'cpu-limit',
      target: { role: 'api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
      options: { cpus: 0.2 },
    },
  ],
  alerts: nobodyIsWoken,
  objectives: oneOfTwoObjectives,
})
