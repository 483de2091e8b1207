import { brokerAwayAlerts } from '../../ci/alert-budget.ts'
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
      // Everybody waits and comes back: after 8 s there are more of them than the load generator has clients for.
      forMs: 6_000,
    },
  ],
  atOnceMax: 2,
  alerts: brokerAwayAlerts(),
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
