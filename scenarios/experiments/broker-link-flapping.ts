import { oneBrokerLinkAlerts } from '../../ci/alert-budget.ts'
import { oneOfTwoObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: refused or unsure while it is down; the link comes back each time. */
export const brokerLinkFlapping = event({
  name: 'broker-link-flapping',
  question: 'Does a broker link that breaks every second leave channels behind, or double an order?',
  faults: [
    {
      kind: 'connection-flap',
      target: { role: 'api->broker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  alerts: oneBrokerLinkAlerts,
  objectives: oneOfTwoObjectives,
})
