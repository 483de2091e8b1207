import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, brownOutAlerts } from '../../ci/alert-budget.ts'
import { brownOutObjectives } from '../../ci/brown-out-budget.ts'
import { orderIntakeLoad } from '../load-config.ts'
import { spike } from '../profiles/spike.ts'

/**
 * One rate all along: what changes is the broker. The tail begins 30 s after it is quick again. Clients wait for long, and
 * with them the pool of virtual users is large enough: most of them come back several times, 1 to 4 s apart.
 */
const load = orderIntakeLoad(
  spike({
    basePerSecond: 150,
    peakPerSecond: 150,
    warmUpMs: 5_000,
    baseMs: 5_000,
    riseMs: 0,
    holdMs: 17_000,
    fallMs: 30_000,
    tailMs: 15_000,
    mix: { timeoutMs: 10_000 },
  }),
)

export const brownOutAndBack = defineExperiment({
  name: 'brown-out-and-back',
  question:
    'Does the system come back by itself after its broker was slow for a while, or do retries keep it down?',
  load,
  faults: [
    {
      kind: 'latency',
      target: { role: 'api->broker', choose: 'all' },
      when: { phase: 'hold', offsetMs: 2_000 },
      forMs: 15_000,
      // More than the API aims at (500 ms): it lets less in at once, and turns the rest away.
      options: { latencyMs: 600 },
    },
  ],
  blastRadius: { targets: ['api->broker'], atOnceMax: 2, totalMsMax: 35_000 },
  alerts: alertPlan(brownOutAlerts),
  objectives: brownOutObjectives,
})
