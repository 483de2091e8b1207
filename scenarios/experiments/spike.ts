import { defineExperiment } from '../../chaos/define-experiment.ts'
import type { Experiment } from '../../chaos/experiment.ts'
import { alertPlan, spikeAlerts } from '../../ci/alert-budget.ts'
import { orderObjectives } from '../../ci/budgets.ts'
import { type OrderIntakeLoad, orderIntakeLoad } from '../load-config.ts'
import { type SpikeOptions, spike } from '../profiles/spike.ts'

/** The experiment that `npm run spike` plays; its load can be scaled, its faults follow the load's phases. */
export function spikeExperiment(load: SpikeOptions = {}): Experiment<OrderIntakeLoad> {
  return defineExperiment({
    name: 'spike',
    question:
      'Does a spike lose or repeat an order when a worker dies, the store is cut off and the broker is slow?',
    load: orderIntakeLoad(spike(load)),
    faults: [
      {
        kind: 'container-kill',
        target: { role: 'worker', choose: 'one' },
        when: { phase: 'hold', offsetMs: 1_000 },
        forMs: 3_000,
      },
      // Every worker comes to hold orders whose writes or answers are on their way …
      {
        kind: 'latency',
        target: { role: 'worker->store', choose: 'all' },
        when: { phase: 'hold', offsetMs: 5_000 },
        forMs: 7_000,
        options: { latencyMs: 300, direction: 'both' },
      },
      // … when the store is gone, and then one of the workers, with what it holds.
      {
        kind: 'connection-cut',
        target: { role: 'worker->store', choose: 'all' },
        when: { phase: 'hold', offsetMs: 7_000 },
        forMs: 4_000,
      },
      {
        kind: 'container-kill',
        target: { role: 'worker', choose: 'one' },
        when: { phase: 'hold', offsetMs: 7_500 },
        forMs: 3_000,
      },
      {
        kind: 'latency',
        target: { name: 'api-1->broker' },
        when: { phase: 'hold', offsetMs: 13_000 },
        forMs: 5_000,
        options: { latencyMs: 100, direction: 'both' },
      },
      // While publishes and confirms are on the slow way, it breaks.
      {
        kind: 'connection-cut',
        target: { name: 'api-1->broker' },
        when: { phase: 'hold', offsetMs: 15_500 },
        forMs: 1_500,
      },
    ],
    blastRadius: { targets: ['worker', 'worker->store', 'api-1->broker'], atOnceMax: 3, totalMsMax: 40_000 },
    promises: [],
    alerts: alertPlan(spikeAlerts),
    objectives: orderObjectives,
    droppedShareMax: 0.01,
    convergeWithinMs: 90_000,
  })
}
