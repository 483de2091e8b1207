import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, nobodyIsWoken } from '../../ci/alert-budget.ts'
import { autoscaleObjectives, enoughWorkers, someLeave } from '../../ci/autoscale-budget.ts'
import { autoscaledLoad, jump } from './autoscaled.ts'

export const autoscaleSpikeFromCalm = defineExperiment({
  name: 'autoscale-spike-from-calm',
  question:
    'Are there enough workers ten seconds after a calm ends, and are they sent home again without a loss?',
  load: autoscaledLoad(jump()),
  alerts: alertPlan(nobodyIsWoken),
  objectives: [...autoscaleObjectives, enoughWorkers(5, 'hold'), someLeave(5, 'tail', 22_000)],
})
