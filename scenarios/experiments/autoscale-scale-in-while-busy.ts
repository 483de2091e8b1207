import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, nobodyIsWoken } from '../../ci/alert-budget.ts'
import { autoscaleObjectives, enoughWorkers, someLeave } from '../../ci/autoscale-budget.ts'
import { autoscaledLoad, jump } from './autoscaled.ts'

/** Eight orders in hand, each for a tenth of a second: whoever is sent home has some of them. */
export const autoscaleScaleInWhileBusy = defineExperiment({
  name: 'autoscale-scale-in-while-busy',
  question: 'Does sending workers home lose or repeat an order while they are busy with a slow store?',
  load: autoscaledLoad(jump({ basePerSecond: 36, holdMs: 14_000, tailMs: 30_000 }), { PREFETCH: '8' }),
  faults: [
    {
      kind: 'latency',
      target: { role: 'worker->store', choose: 'all' },
      when: { phase: 'tail', offsetMs: 0 },
      forMs: 25_000,
      options: { latencyMs: 100 },
    },
  ],
  // Two to six workers, and each has a link.
  blastRadius: { targets: ['worker->store'], atOnceMax: 6, totalMsMax: 160_000 },
  alerts: alertPlan(nobodyIsWoken),
  objectives: [...autoscaleObjectives, enoughWorkers(5, 'hold'), someLeave(5, 'tail', 25_000)],
})
