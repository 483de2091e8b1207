import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, nobodyIsWoken } from '../../ci/alert-budget.ts'
import { goodVersionObjectives } from '../../ci/release-budget.ts'
import { releasedUnderSpike } from './released.ts'

/** The new version remembers more keys, and is otherwise the old one: its canary is no worse, and the others follow. */
export const goodVersionUnderSpike = defineExperiment({
  name: 'good-version-under-spike',
  question: 'Does a good version that is released in a spike get to every replica, and does anybody notice?',
  load: releasedUnderSpike({ KNOWN_KEYS_MAX: '200000' }),
  alerts: alertPlan(nobodyIsWoken),
  objectives: goodVersionObjectives,
})
