import { defineExperiment } from '../../chaos/define-experiment.ts'
import { keepsGoodput } from '../../chaos/slo/keeps-goodput.ts'
import { alertPlan, overloadAlerts } from '../../ci/alert-budget.ts'
import { overloadObjectives, overloadTerms } from '../../ci/overload-budget.ts'
import { orderIntakeLoad } from '../load-config.ts'
import { overload } from '../profiles/overload.ts'

const restMs = 25_000
const thinFromMs = 2_000

/**
 * Nobody tries again: what is turned away stays so, and is not asked for beside the others. Large orders would
 * each stop the thin way for seconds.
 */
const load = orderIntakeLoad(
  overload({
    capacityPerSecond: 105,
    factors: [2, 5, 10],
    overloadMs: 10_000,
    restMs,
    mix: { attemptsMax: 1, largeShare: 0, timeoutMs: 5_000 },
  }),
)

/**
 * Two cores cannot ask for ten times what two replicas carry. So the way to the broker is thin all along: each replica's
 * carries some 48 orders a second, whatever the machine, and everything beyond that has to be turned away.
 */
export const overloadTenfold = defineExperiment({
  name: 'overload-10x',
  question: 'Does the system accept as much as it can carry when ten times as much is asked?',
  load,
  faults: [
    {
      kind: 'bandwidth',
      target: { role: 'api->broker', choose: 'all' },
      when: { phase: 'before', offsetMs: thinFromMs },
      forMs: load.durationMs - thinFromMs - 1_000,
      options: { kilobytesPerS: 24, direction: 'upstream' },
    },
  ],
  blastRadius: { targets: ['api->broker'], atOnceMax: 2, totalMsMax: 2 * load.durationMs },
  promises: [keepsGoodput(load, overloadTerms)],
  alerts: alertPlan(overloadAlerts),
  objectives: overloadObjectives,
})
