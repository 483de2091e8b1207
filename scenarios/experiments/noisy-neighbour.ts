import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, nobodyIsWoken } from '../../ci/alert-budget.ts'
import { noisyNeighbourObjectives } from '../../ci/noisy-neighbour-budget.ts'
import { orderIntakeLoad } from '../load-config.ts'
import { spike } from '../profiles/spike.ts'

/**
 * At the peak one client sends 280 orders a second, and five others 24 each. Nobody tries again, so that what is turned
 * away stays turned away, and is nobody else's load.
 */
const load = orderIntakeLoad(
  spike({
    basePerSecond: 100,
    peakPerSecond: 400,
    // As long as the spike: after 8 s the first seconds of the peak met cold processes, and took 2 to 3 s each.
    warmUpMs: 15_000,
    baseMs: 3_000,
    riseMs: 2_000,
    holdMs: 20_000,
    fallMs: 2_000,
    tailMs: 5_000,
    mix: { attemptsMax: 1, clients: { noisyShare: 0.7, quietCount: 5 } },
  }),
  // For each client at each of two replicas: 100 a second in all, more than the noisy one sends in calm times.
  { CLIENT_PER_SECOND: '50', CLIENT_BURST: '50' },
)

/** Allowed meanwhile: the one that is far over its quota is turned away, with the time when it may come again. */
export const noisyNeighbour = defineExperiment({
  name: 'noisy-neighbour',
  question: 'Does one client that sends far more than its quota take anything from the others?',
  load,
  alerts: alertPlan(nobodyIsWoken),
  objectives: noisyNeighbourObjectives,
  droppedShareMax: 0.005,
})
