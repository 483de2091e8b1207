import type { Experiment } from '../../chaos/experiment.ts'
import type { FaultKind } from '../../chaos/faults/fault.ts'
import { HarnessError, refuseProblems } from '../../chaos/kernel/errors.ts'
import { resolveSchedule } from '../../chaos/schedule/resolve.ts'
import type { ScheduledFault } from '../../chaos/schedule/schedule.ts'
import type { TargetDescription } from '../../chaos/system.ts'

export interface RunPlan {
  readonly experiment: Experiment
  readonly seed: string
  readonly schedule: readonly ScheduledFault[]
}

export interface PlanInput {
  readonly experiment: Experiment
  readonly seed: string
  readonly faults: boolean
  readonly targets: readonly TargetDescription[]
  readonly kinds: readonly FaultKind[]
  /** What is wrong elsewhere in the experiment, to be named beside what is wrong here. */
  readonly problems?: readonly string[]
}

/** Everything that will be done, decided before anything starts. Throws with all problems at once. */
export function planRun({ experiment, seed, faults, targets, kinds, problems = [] }: PlanInput): RunPlan {
  const resolution = resolveSchedule({
    plans: faults ? experiment.faults : [],
    blastRadius: experiment.blastRadius,
    seed,
    targets,
    load: experiment.load,
    kinds,
  })
  refuseProblems(
    `experiment ${experiment.name}`,
    [...problems, ...(resolution.problems ?? [])],
    'mend the experiment, or see what it would do with `--plan`',
  )
  return { experiment, seed, schedule: resolution.schedule ?? [] }
}

/** Refuses a plan whose faults this kernel or Engine cannot do, each with its reason; nothing is skipped. */
export async function refuseUnsupported(plan: RunPlan, kinds: readonly FaultKind[]): Promise<void> {
  const needed = kinds.filter((kind) => plan.schedule.some((scheduled) => scheduled.kind === kind.kind))
  const reasons = await Promise.all(
    needed.map(async (kind) => ({ kind, reason: await kind.unsupportedHere() })),
  )
  const refused = reasons.filter(({ reason }) => reason !== undefined)
  if (refused.length === 0) return
  throw new HarnessError(
    'HARNESS_FAULT_UNSUPPORTED',
    refused.map(({ kind, reason }) => `${kind.kind}: ${reason}`).join('; '),
    '`npm run doctor` says what this machine can do; run the experiment where the kernel has it',
  )
}
