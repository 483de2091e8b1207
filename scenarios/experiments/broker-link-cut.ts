import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: refused before anything is published, quickly, by the breaker. */
export const brokerLinkCut = event({
  name: 'broker-link-cut',
  question: 'Is an order accepted while an API replica cannot reach the broker?',
  faults: [
    {
      kind: 'connection-cut',
      target: { role: 'api->broker', choose: 'all' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  atOnceMax: 2,
  // 2.3 s and 4 s were seen: nobody is served, and the budget of the month burns.
  alerts: {
    mustFire: [
      { alert: 'BreakerOpen', withinMs: 6_000 },
      { alert: 'ErrorBudgetBurn1h', withinMs: 10_000 },
    ],
    mayFire: ['ErrorBudgetBurn6h', 'ErrorBudgetBurn3d', 'Shedding'],
  },
  objectives: refusedMeanwhileObjectives,
})
