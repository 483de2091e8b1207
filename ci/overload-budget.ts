import type { OverloadTerms } from '../chaos/slo/keeps-goodput.ts'
import type { Objective } from '../chaos/slo/objective.ts'

/** 0.9: a tenth is for the first moments of each plateau, in which the limit still learns; 0.96 was seen at ten times. */
export const overloadTerms: OverloadTerms = { goodputMin: 0.9, timesMin: 10 }

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
      // Half of what clients wait for by default. The API aims at 500 ms, and at fewer at once than 32 it never stops: 0.7 s
      // of the thin way. At ten times as much the generator itself is a second late on two cores.
      atMost: 2_500,
      samplesMin: 200,
    }),
  ),
  ...afterPhases.map(
    (phase): Objective => ({
      name: `availability-${phase}`,
      promise: `accepts 97 % of what is asked as soon as the overload is gone (${phase})`,
      indicator: { kind: 'availability' },
      window: { over: 'load-phase', phase },
      // Half of the capacity is asked, as before. What was let in last takes a second to go; who comes meanwhile may be
      // turned away, and a second is a twenty-fifth of the phase: 0.4 to 2 % of 20 s were seen.
      atLeast: 0.97,
      samplesMin: 200,
    }),
  ),
]
