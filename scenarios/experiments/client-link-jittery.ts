import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { lateOnlyObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: latency only. */
export const clientLinkJittery = event({
  name: 'client-link-jittery',
  question: 'Do clients with an unsteady line cause a doubled order?',
  faults: [
    {
      kind: 'jitter',
      target: { role: 'client->api', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  atOnceMax: 2,
  alerts: nobodyIsWoken,
  objectives: lateOnlyObjectives,
})
