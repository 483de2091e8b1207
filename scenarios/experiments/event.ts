import { defineExperiment } from '../../chaos/define-experiment.ts'
import type { Experiment } from '../../chaos/experiment.ts'
import type { FaultPlan } from '../../chaos/schedule/schedule.ts'
import { alertPlan, type ExpectedAlerts } from '../../ci/alert-budget.ts'
import { type OrderIntakeLoad, orderIntakeLoad } from '../load-config.ts'
import { spike } from '../profiles/spike.ts'

/** A row of the oracle table: something happens to one part under a small spike, and nothing may be lost or doubled. */
export interface EventInput {
  readonly name: string
  readonly question: string
  readonly faults: readonly FaultPlan[]
  /** How many targets may be broken at once. */
  readonly atOnceMax?: number
  readonly objectives?: Experiment['objectives']
  readonly promises?: Experiment['promises']
  readonly abortWhen?: Experiment['abortWhen']
  /** 200 if left out; less where nobody is served for so long that there would be too few clients to play the others. */
  readonly peakPerSecond?: number
  /** Which alerts must fire and which may; no other. Without it none is judged. */
  readonly alerts?: ExpectedAlerts
}

/** 30 s: no event needs longer, and with what a run needs beside it the catalogue stays within an evening. */
const totalMsMax = 30_000

/** Small enough that a machine with two cores has room for the event itself, and still hundreds of orders a second. */
export const eventLoad: OrderIntakeLoad = loadUpTo(200)

function loadUpTo(peakPerSecond: number): OrderIntakeLoad {
  return orderIntakeLoad(
    spike({
      basePerSecond: 50,
      peakPerSecond,
      warmUpMs: 5_000,
      baseMs: 3_000,
      riseMs: 2_000,
      holdMs: 20_000,
      fallMs: 2_000,
      // Long enough to see the system back to normal after the longest event.
      tailMs: 12_000,
    }),
  )
}

export function event(input: EventInput): Experiment<OrderIntakeLoad> {
  const {
    name,
    question,
    faults,
    atOnceMax = 1,
    objectives = [],
    promises = [],
    alerts,
    abortWhen,
    peakPerSecond,
  } = input
  return defineExperiment({
    name,
    question,
    load: peakPerSecond === undefined ? eventLoad : loadUpTo(peakPerSecond),
    faults,
    blastRadius: { targets: [...new Set(faults.map(targetOf))], atOnceMax, totalMsMax },
    promises,
    objectives,
    abortWhen,
    ...(alerts === undefined ? {} : { alerts: alertPlan(alerts) }),
  })
}

function targetOf({ target }: FaultPlan): string {
  return 'name' in target ? target.name : target.role
}
