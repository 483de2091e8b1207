import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, nobodyIsWoken } from '../../ci/alert-budget.ts'
import { autoscaleObjectives, enoughWorkers, someLeave, workersHeld } from '../../ci/autoscale-budget.ts'
import { autoscaledLoad, jump } from './autoscaled.ts'

/** Static stability: whoever decides may die; whoever works goes on. Back again it goes on from what runs. */
export const autoscaleControllerKilled = defineExperiment({
  name: 'autoscale-controller-killed',
  question: 'Do the workers go on when the autoscaler dies in the peak, and does it go on when it is back?',
  load: autoscaledLoad(jump({ tailMs: 30_000 })),
  faults: [
    {
      kind: 'container-kill',
      target: { name: 'autoscaler' },
      when: { phase: 'hold', offsetMs: 14_000 },
      forMs: 10_000,
    },
  ],
  blastRadius: { targets: ['autoscaler'], atOnceMax: 1, totalMsMax: 10_000 },
  alerts: alertPlan(nobodyIsWoken),
  objectives: [...autoscaleObjectives, workersHeld, enoughWorkers(5, 'hold'), someLeave(5, 'tail', 28_000)],
})
