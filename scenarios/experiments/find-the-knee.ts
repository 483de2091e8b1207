import { defineExperiment } from '../../chaos/define-experiment.ts'
import { carriesAtLeast } from '../../chaos/slo/carries-at-least.ts'
import { kneePerSecondMin, kneeTerms } from '../../ci/budgets.ts'
import { orderIntakeLoad } from '../load-config.ts'
import { stairs } from '../profiles/stairs.ts'

const load = orderIntakeLoad(
  stairs({ warmUpMs: 20_000, firstPerSecond: 150, riserPerSecond: 150, steps: 7, treadMs: 8_000 }),
)

/**
 * Nothing breaks here but what the load breaks. What the generator could not start counts against the step, since it
 * shares the machine: the knee that is found is that of both together.
 */
export const findTheKnee = defineExperiment({
  name: 'find-the-knee',
  question: 'How many orders a second does the system carry before answers come too late?',
  load,
  promises: [carriesAtLeast(load, kneePerSecondMin, kneeTerms)],
  droppedShareMax: 1,
})
