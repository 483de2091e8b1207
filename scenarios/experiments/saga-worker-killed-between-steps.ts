import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, alsoMay, nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { orderIntakeLoad } from '../load-config.ts'
import { spike } from '../profiles/spike.ts'
import { stockAddsUp } from '../promises/stock-adds-up.ts'

/**
 * Orders are carried out in two steps here: four conditional writes or more in place of one, so the load is half
 * of that of other events. One order in twenty is refused in the second step, and must be undone.
 */
const load = orderIntakeLoad(
  spike({
    basePerSecond: 40,
    peakPerSecond: 120,
    warmUpMs: 5_000,
    baseMs: 3_000,
    riseMs: 2_000,
    holdMs: 20_000,
    fallMs: 2_000,
    tailMs: 8_000,
    mix: { poisonShare: 0.05 },
  }),
  { SAGA: 'on' },
)

/** Allowed meanwhile: the backlog grows. A slow way to the store fills the hands of those who are killed. */
export const sagaWorkerKilledBetweenSteps = defineExperiment({
  name: 'saga-worker-killed-between-steps',
  question: 'Is an order left half done, or undone by half, when workers die between its two steps?',
  load,
  faults: [
    {
      kind: 'latency',
      target: { role: 'worker->store', choose: 'all' },
      when: { phase: 'hold', offsetMs: 2_000 },
      forMs: 12_000,
      options: { latencyMs: 150 },
    },
    {
      kind: 'container-kill',
      target: { name: 'worker-1' },
      when: { phase: 'hold', offsetMs: 4_000 },
      forMs: 3_000,
    },
    {
      kind: 'container-kill',
      target: { name: 'worker-2' },
      when: { phase: 'hold', offsetMs: 9_000 },
      forMs: 3_000,
    },
  ],
  blastRadius: { targets: ['worker->store', 'worker-1', 'worker-2'], atOnceMax: 3, totalMsMax: 40_000 },
  promises: [stockAddsUp],
  alerts: alertPlan(
    alsoMay(
      alsoMay(
        nobodyIsWoken,
        'NoWorker',
        'a slow machine still starts the first worker when the second one dies',
      ),
      'StoreAway',
      'a worker that has just begun has not reached the store, and is the only one: one look was seen',
    ),
  ),
  objectives: behindTheQueueObjectives,
})
