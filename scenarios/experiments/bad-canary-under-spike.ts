import { defineExperiment } from '../../chaos/define-experiment.ts'
import { badCanaryObjectives } from '../../ci/release-budget.ts'
import { orderIntakeLoad } from '../load-config.ts'
import { spike } from '../profiles/spike.ts'

const profile = spike({
  basePerSecond: 50,
  peakPerSecond: 150,
  warmUpMs: 4_000,
  baseMs: 4_000,
  riseMs: 2_000,
  holdMs: 35_000,
  fallMs: 2_000,
  tailMs: 8_000,
})

/**
 * The new version waits a millisecond for each confirm, so that it leaves nearly every client in doubt: 504, and the order
 * may well be in the queue. Allowed meanwhile: clients ask again, of the other replica, with the same key.
 */
export const badCanaryUnderSpike = defineExperiment({
  name: 'bad-canary-under-spike',
  question:
    'Is a bad version that is released in a spike stopped at its canary, and is any order lost or doubled by it?',
  load: orderIntakeLoad(profile, {}, { release: { atMs: 10_000, settings: { PUBLISH_TIMEOUT_MS: '1' } } }),
  objectives: badCanaryObjectives,
})
