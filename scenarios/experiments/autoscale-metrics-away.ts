import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, nobodyIsWoken } from '../../ci/alert-budget.ts'
import { autoscaleObjectives, workersHeld } from '../../ci/autoscale-budget.ts'
import { autoscaledLoad, jump } from './autoscaled.ts'

/** It goes blind in the peak, and the peak ends while it is: "I see nothing" must not read as "nothing waits". */
export const autoscaleMetricsAway = defineExperiment({
  name: 'autoscale-metrics-away',
  question: 'Does an autoscaler that cannot see the queue send home whom it needs?',
  load: autoscaledLoad(jump()),
  faults: [
    {
      kind: 'connection-cut',
      target: { name: 'autoscaler->management' },
      when: { phase: 'hold', offsetMs: 14_000 },
      forMs: 20_000,
    },
  ],
  blastRadius: { targets: ['autoscaler->management'], atOnceMax: 1, totalMsMax: 20_000 },
  alerts: alertPlan(nobodyIsWoken),
  objectives: [...autoscaleObjectives, workersHeld],
})
