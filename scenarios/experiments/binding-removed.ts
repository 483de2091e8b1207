import { bindingRemovedAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: returned by the broker: refused, never accepted. */
export const bindingRemoved = event({
  name: 'binding-removed',
  question: 'Is an order accepted that the broker cannot route?',
  faults: [
    {
      kind: 'binding-removed',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 6_000,
    },
  ],
  alerts: bindingRemovedAlerts,
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
