import { defineExperiment } from '../../../chaos/define-experiment.ts'
import type { Experiment } from '../../../chaos/experiment.ts'
import type { FaultPlan } from '../../../chaos/schedule/schedule.ts'
import { type OrderIntakeLoad, orderIntakeLoad } from '../../../scenarios/load-config.ts'
import { type SpikeOptions, spike } from '../../../scenarios/profiles/spike.ts'

/** Load and faults under which a seeded bug shows on real parts, as small as they can be. */
export type ContainerTrigger = Experiment<OrderIntakeLoad>

export interface ContainerTriggerInput {
  readonly name: string
  /** What the honest service must be able to answer under it. */
  readonly question: string
  /** What differs from the usual small load. */
  readonly load?: SpikeOptions
  readonly settings?: OrderIntakeLoad['settings']
  readonly faults?: readonly FaultPlan[]
  readonly promises?: Experiment['promises']
  readonly objectives?: Experiment['objectives']
  readonly convergeWithinMs?: number
}

/** 19 s: the hold begins at 4 s and is long enough for one event and what follows from it. */
const usualLoad = {
  basePerSecond: 40,
  peakPerSecond: 150,
  warmUpMs: 2_000,
  baseMs: 1_000,
  riseMs: 1_000,
  holdMs: 10_000,
  fallMs: 1_000,
  tailMs: 4_000,
} as const

/** 45 s: three times what the honest service needs where a store was away, on a machine that is busy. */
const convergeWithinMs = 45_000
/**
 * A third: where every answer stays away for seconds, clients wait instead of arriving, and a busy machine starts its load
 * generator late. What was sent is enough to see the bug, and nothing is said about rates.
 */
const droppedShareMax = 0.33

export function containerTrigger(input: ContainerTriggerInput): ContainerTrigger {
  const { name, question, load, settings, faults = [], promises = [], objectives = [] } = input
  return defineExperiment({
    name,
    question,
    load: orderIntakeLoad(spike({ ...usualLoad, ...load }), settings),
    faults,
    blastRadius: {
      targets: [...new Set(faults.map(targetOf))],
      atOnceMax: 8,
      totalMsMax: 2 * faults.reduce((sum, { forMs }) => sum + forMs, 1),
    },
    promises,
    objectives,
    droppedShareMax,
    convergeWithinMs: input.convergeWithinMs ?? convergeWithinMs,
  })
}

function targetOf({ target }: FaultPlan): string {
  return 'name' in target ? target.name : target.role
}

type During = readonly [offsetMs: number, forMs: number]

/** A fault on one of a name. Times count from the beginning of the hold. */
export function onOne(kind: string, name: string, during: During, options?: FaultPlan['options']): FaultPlan {
  return { kind, target: { name }, ...times(during), ...(options === undefined ? {} : { options }) }
}

/** A fault on all of a role. */
export function onAll(kind: string, role: string, during: During, options?: FaultPlan['options']): FaultPlan {
  return {
    kind,
    target: { role, choose: 'all' },
    ...times(during),
    ...(options === undefined ? {} : { options }),
  }
}

function times([offsetMs, forMs]: During): Pick<FaultPlan, 'when' | 'forMs'> {
  return { when: { phase: 'hold', offsetMs }, forMs }
}
