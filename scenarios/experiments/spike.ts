import { defineExperiment } from '../../chaos/define-experiment.ts'
import type { Experiment } from '../../chaos/experiment.ts'
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
      {
        kind: 'connection-cut',
        target: { role: 'worker->store', choose: 'all' },
        when: { phase: 'hold', offsetMs: 6_000 },
        forMs: 5_000,
      },
      {
        kind: 'latency',
        target: { role: 'api->broker', choose: 'one' },
        when: { phase: 'hold', offsetMs: 13_000 },
        forMs: 5_000,
        options: { latencyMs: 200 },
      },
    ],
    blastRadius: { targets: ['worker', 'worker->store', 'api->broker'], atOnceMax: 2, totalMsMax: 20_000 },
    promises: [],
    objectives: orderObjectives,
    droppedShareMax: 0.01,
    convergeWithinMs: 90_000,
  })
}
