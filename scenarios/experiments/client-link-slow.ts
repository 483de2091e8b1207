import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { lateOnlyObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: latency only. */
export const clientLinkSlow = event({
  name: 'client-link-slow',
  question: 'Do slow clients cause a retry storm or a doubled order?',
  faults: [
    {
      kind: 'latency',
      target: { role: 'client->api', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
      options: { latencyMs: 300 },
    },
  ],
  atOnceMax: 2,
  alerts: nobodyIsWoken,
  objectives: lateOnlyObjectives,
})
