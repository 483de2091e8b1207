import { z } from 'zod'
import type { Checker } from './checkers/checker.ts'
import type { Experiment } from './experiment.ts'
import { deepFreeze } from './kernel/deep-freeze.ts'
import { refuseProblems } from './kernel/errors.ts'
import { randomFrom } from './kernel/random.ts'
import { problemsOf } from './kernel/zod-problems.ts'
import { didYouMean } from './schedule/known.ts'
import { blastRadiusSchema, conditionSchema, faultPlanSchema } from './schedule/plan-schema.ts'
import { startsOf } from './schedule/starts.ts'
import { alertPlanSchema } from './slo/alert-schema.ts'
import { objectiveSchema } from './slo/objective-schema.ts'
import type { LoadTimeline } from './system.ts'

/** What has to be said of an experiment; the rest has a default. */
export type ExperimentInput<Load extends LoadTimeline> = Pick<
  Experiment<Load>,
  'name' | 'question' | 'load'
> &
  Partial<Experiment<Load>>

/** 1 %: what k6 drops on a busy laptop without the load being another one. */
const droppedShareMax = 0.01
/** 90 s: a backlog of 30,000 orders drains in 15 to 40 s here; half as much again for a smaller machine. */
const convergeWithinMs = 90_000

const kebabCase = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected a name in kebab-case')
const timeMs = z.number().min(0)

const phaseSchema = z
  .strictObject({ name: z.string().min(1), fromMs: timeMs, toMs: timeMs })
  .refine(({ fromMs, toMs }) => fromMs < toMs, { error: 'expected a phase that ends after it begins' })

const loadSchema = z.looseObject({
  description: z.string().min(1),
  durationMs: z.number().positive(),
  phases: z.array(phaseSchema).min(1),
  arrivalsBetween: z.custom<LoadTimeline['arrivalsBetween']>(isFunction, 'expected a function'),
})

const checkerSchema = z.looseObject({
  name: kebabCase,
  promise: z.string().min(1),
  begin: z.custom<Checker['begin']>(isFunction, 'expected a function'),
})

const experimentSchema = z.strictObject({
  name: kebabCase,
  question: z.string().regex(/\?$/, 'expected a question, with its mark at the end'),
  load: loadSchema,
  faults: z.array(faultPlanSchema).default([]),
  blastRadius: blastRadiusSchema.default({ targets: [], atOnceMax: 1, totalMsMax: 1 }),
  promises: z.array(checkerSchema).default([]),
  objectives: z.array(objectiveSchema).default([]),
  alerts: alertPlanSchema.optional(),
  droppedShareMax: z.number().min(0).max(1).default(droppedShareMax),
  convergeWithinMs: z.number().positive().default(convergeWithinMs),
  abortWhen: z.array(conditionSchema).optional(),
})

type Shape = z.infer<typeof experimentSchema>

/**
 * The door of every experiment: unknown keys are refused, all problems are listed at once (HARNESS_CONFIG_INVALID),
 * defaults are filled in once, and the result is read-only to its depth. What needs a system (which targets there are,
 * what they can suffer) is judged by `resolveSchedule`, before anything starts.
 */
export function defineExperiment<Load extends LoadTimeline>(input: ExperimentInput<Load>): Experiment<Load> {
  const shape = experimentSchema.safeParse(input)
  const problems = shape.success ? meaningProblems(shape.data) : problemsOf(shape.error)
  const called = typeof input?.name === 'string' ? `experiment ${input.name}` : 'the experiment'
  refuseProblems(called, problems, 'chaos/experiment.ts says what each part means')
  // The load and the checkers are the caller's own: a copy would lose what only its class knows.
  return deepFreeze({ ...(shape.data as Shape), load: input.load, promises: input.promises ?? [] })
}

/** What is wrong though every part has its shape. */
function meaningProblems({ load, faults, objectives, promises, alerts }: Shape): string[] {
  const problems: string[] = []
  const any = randomFrom('door')
  faults.forEach((plan, index) => {
    startsOf(plan, load, any, (problem) => problems.push(`faults[${index}] (${plan.kind}): ${problem}`))
  })
  load.phases.forEach(({ name, toMs }, index) => {
    if (toMs > load.durationMs) problems.push(`load.phases[${index}] (${name}): ends after the load`)
  })
  const phases = load.phases.map(({ name }) => name)
  objectives.forEach(({ window }, index) => {
    if (window.over !== 'load-phase' || phases.includes(window.phase)) return
    problems.push(
      `objectives[${index}]: the load has no phase ${window.phase}${didYouMean(window.phase, phases)}`,
    )
  })
  return [
    ...problems,
    ...repeated('promises', promises),
    ...repeated('objectives', objectives),
    ...unknownAlerts(alerts),
  ]
}

function unknownAlerts(alerts: Shape['alerts']): string[] {
  if (alerts === undefined) return []
  const known = alerts.rules.map(({ name }) => name)
  return [...alerts.mustFire, ...alerts.mayFire]
    .map(({ alert }) => alert)
    .filter((name) => !known.includes(name))
    .map((name) => `alerts: there is no alert ${name}${didYouMean(name, known)}`)
}

function repeated(list: string, items: readonly { readonly name: string }[]): string[] {
  return items
    .filter(({ name }, index) => items.findIndex((other) => other.name === name) < index)
    .map(({ name }) => `${list}: ${name} is there twice`)
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}
