import { furtherCheckers } from '../../chaos/checkers/list.ts'
import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, nobodyIsWoken } from '../../ci/alert-budget.ts'
import { hotKeyObjectives } from '../../ci/hot-key-budget.ts'
import { orderIntakeLoad } from '../load-config.ts'
import { spike } from '../profiles/spike.ts'

/**
 * At the peak one customer sends 280 orders a second, which are carried out one after the other; two hundred others
 * send 120 together, and a dozen of them share each partition. Nobody tries again, so that what is turned away stays so.
 */
const load = orderIntakeLoad(
  spike({
    basePerSecond: 100,
    peakPerSecond: 400,
    warmUpMs: 15_000,
    baseMs: 3_000,
    riseMs: 2_000,
    holdMs: 20_000,
    fallMs: 2_000,
    tailMs: 8_000,
    mix: { attemptsMax: 1, clients: { noisyShare: 0.7, quietCount: 200, areCustomers: true } },
  }),
  { PARTITIONS: '8' },
)

/** Allowed meanwhile: the hot key is held to what its lane carries, and what the dead worker held comes again, in order. */
export const hotKeySpike = defineExperiment({
  name: 'hot-key-spike',
  question:
    'Does one customer with far more orders than one lane carries harm the others, or does a dying worker mix up their order?',
  load,
  faults: [
    {
      kind: 'container-kill',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 8_000 },
      forMs: 3_000,
    },
  ],
  blastRadius: { targets: ['worker'], atOnceMax: 1, totalMsMax: 10_000 },
  promises: [furtherCheckers.noReorderedOrders()],
  objectives: hotKeyObjectives,
  alerts: alertPlan(nobodyIsWoken),
  droppedShareMax: 0.005,
})
