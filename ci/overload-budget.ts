import type { OverloadTerms } from '../chaos/slo/keeps-goodput.ts'
import type { Objective } from '../chaos/slo/objective.ts'

/**
 * 0.9: a tenth is for the first moments of each plateau, in which the limit still learns. 8: ten times the capacity that the
 * load was made for, which is a round number below what the thin way really carries.
 */
export const overloadTerms: OverloadTerms = { goodputMin: 0.9, timesMin: 8 }

const afterPhases = ['after-x2', 'after-x5', 'after-x10']
const overloadPhases = ['x2', 'x5', 'x10']

/** Twice, five and ten times what the way to the broker carries, from clients that ask once. */
export const overloadObjectives: readonly Objective[] = [
  ...overloadPhases.map(
    (phase): Objective => ({
      name: `response-time-p99-${phase}`,
      promise: `accepts 99 % of what it accepts within 2.5 s while ${phase.slice(1)} times as much is asked as it carries`,
      indicator: { kind: 'response-time', quantile: 0.99 },
      window: { over: 'load-phase', phase },
      // Half of what clients wait for by default. The API aims at 500 ms; when the crowd comes it is some way above.
      atMost: 2_500,
      samplesMin: 200,
    }),
  ),
  ...afterPhases.map(
    (phase): Objective => ({
      name: `goodput-${phase}`,
      promise: `accepts 97 % of what is asked as soon as the overload is gone (${phase})`,
      indicator: { kind: 'goodput', against: 'planned' },
      window: { over: 'load-phase', phase },
      // Half of the capacity is asked, as before. 3 %: what was on its way when the phase began and ended.
      atLeast: 0.97,
      samplesMin: 200,
    }),
  ),
]
