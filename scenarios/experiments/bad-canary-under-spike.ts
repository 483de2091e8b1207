import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, badVersionAlerts } from '../../ci/alert-budget.ts'
import { badCanaryObjectives } from '../../ci/release-budget.ts'
import { releasedUnderSpike } from './released.ts'

/**
 * The new version waits a millisecond for each confirm, so that it leaves nearly every client in doubt: 504, and the order
 * may well be in the queue. Allowed meanwhile: clients ask again, of the other replica, with the same key.
 */
export const badCanaryUnderSpike = defineExperiment({
  name: 'bad-canary-under-spike',
  question:
    'Is a bad version that is released in a spike stopped at its canary, and is any order lost or doubled by it?',
  load: releasedUnderSpike({ PUBLISH_TIMEOUT_MS: '1' }),
  alerts: alertPlan(badVersionAlerts),
  objectives: badCanaryObjectives,
})
