import { randomFrom } from '../kernel/random.ts'
import { problemsOf } from '../kernel/zod-problems.ts'
import { blastProblems, overlapProblems, wouldStack } from './blast.ts'
import { chooseTargets } from './choose-targets.ts'
import { didYouMean, type KnownKind, type KnownLoad, type KnownTarget } from './known.ts'
import { blastRadiusSchema, faultPlanSchema } from './plan-schema.ts'
import type { BlastRadius, FaultPlan, ScheduledFault } from './schedule.ts'
import { startsOf } from './starts.ts'

export interface ResolveInput {
  readonly plans: readonly FaultPlan[]
  readonly blastRadius: BlastRadius
  readonly seed: string
  readonly targets: readonly KnownTarget[]
  readonly load: KnownLoad
  readonly kinds: readonly KnownKind[]
}

/** More than a run of any length could tell apart; it keeps the comparison of each with each quick. */
const injectionsMax = 1_000

/** A schedule that can be played, or everything that is wrong with the plan: hand it to `refuseProblems`. */
export type Resolution =
  | { readonly schedule: readonly ScheduledFault[]; readonly problems?: undefined }
  | { readonly schedule?: undefined; readonly problems: readonly string[] }

/**
 * Decides everything that the seed decides: which members of a role, which jitter. Pure: the same input gives the
 * same schedule on every machine, and a plan that is added at the end changes nothing of the others.
 */
export function resolveSchedule(input: ResolveInput): Resolution {
  const problems: string[] = []
  const schedule: ScheduledFault[] = []
  const drawn = new Set<string>()
  input.plans.forEach((plan, index) => {
    const world = { ...input, index, sofar: schedule, tell: (problem: string) => problems.push(problem) }
    for (const fault of resolvePlan(plan, world)) {
      const id = `f${schedule.length + 1}`
      schedule.push({ id, ...fault })
      if ('choose' in plan.target && plan.target.choose !== 'all') drawn.add(id)
    }
  })
  if (schedule.length > injectionsMax) {
    problems.push(`the faults would be injected ${schedule.length} times; ${injectionsMax} is the most`)
    return { problems }
  }
  problems.push(...overlapProblems(schedule))
  const blastRadius = blastRadiusSchema.safeParse(input.blastRadius)
  if (blastRadius.success) problems.push(...blastProblems(schedule, blastRadius.data, input.targets, drawn))
  else problems.push(...problemsOf(blastRadius.error, 'blastRadius'))
  return problems.length === 0 ? { schedule } : { problems }
}

type Note = (problem: string) => void
type Resolved = Omit<ScheduledFault, 'id'>

interface PlanWorld extends ResolveInput {
  readonly index: number
  readonly sofar: readonly ScheduledFault[]
  readonly tell: Note
}

function resolvePlan(input: FaultPlan, world: PlanWorld): Resolved[] {
  const { index, sofar, tell, seed, targets, load, kinds } = world
  const shape = faultPlanSchema.safeParse(input)
  if (!shape.success) {
    problemsOf(shape.error, `faults[${index}]`).forEach(tell)
    return []
  }
  const plan = shape.data
  const note = (problem: string) => tell(`faults[${index}] (${plan.kind}): ${problem}`)
  const random = randomFrom(`${seed}/schedule/${index}`)
  const kind = kindOf(plan, kinds, note)
  const options = kind === undefined ? {} : optionsOf(plan, kind, note)
  return startsOf(plan, load, random.fork('starts'), note).flatMap((start, turn) => {
    const resolved = (target: ScheduledFault['target']): Resolved => {
      return { kind: plan.kind, target, start, forMs: plan.forMs, options }
    }
    return chooseTargets(plan.target, {
      targets,
      kind,
      random: random.fork(`targets-${turn}`),
      isFree: (target) =>
        sofar.length > injectionsMax || !sofar.some((other) => wouldStack(resolved(target), other)),
      // A problem of the target is the same at every turn: it is said once.
      note: turn === 0 ? note : () => undefined,
    }).map(resolved)
  })
}

function kindOf(plan: FaultPlan, kinds: readonly KnownKind[], note: Note): KnownKind | undefined {
  const found = kinds.find(({ kind }) => kind === plan.kind)
  const known = kinds.map(({ kind }) => kind)
  if (found === undefined) note(`is not a fault that is known here${didYouMean(plan.kind, known)}`)
  return found
}

function optionsOf(plan: FaultPlan, kind: KnownKind, note: Note): Readonly<Record<string, unknown>> {
  const result = kind.options.safeParse(plan.options ?? {})
  if (result.success) return (result.data ?? {}) as Readonly<Record<string, unknown>>
  for (const problem of problemsOf(result.error)) note(`options: ${problem}`)
  return {}
}
