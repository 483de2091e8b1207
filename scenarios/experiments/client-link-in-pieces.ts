import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { lateOnlyObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: slow; nothing that is cut off is stored. */
export const clientLinkInPieces = event({
  name: 'client-link-in-pieces',
  question: 'Does a request that arrives in small pieces change an order?',
  faults: [
    {
      kind: 'slicer',
      target: { role: 'client->api', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 6_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: lateOnlyObjectives,
})
