import { faultKinds } from '../../chaos/faults/list.ts'
import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { Verdict } from '../../chaos/kernel/verdict.ts'
import { describeTargets } from '../../system-under-test/topology/order-intake.ts'
import { orderIntakeOn } from '../../system-under-test/topology/shared-order-intake.ts'
import { honestSource, orderIntakeSystem, replicas, type ServiceSource } from '../play/order-intake-system.ts'
import { type PlayedRun, type PlayOptions, playRun } from '../play/play-run.ts'
import { planRun } from '../play/run-plan.ts'
import type { ContainerTrigger } from './container-triggers/container-trigger.ts'
import { containerTriggerNamed } from './container-triggers/list.ts'
import type { ContainersSession } from './containers-session.ts'
import { readMutants } from './list.ts'
import type { ContainersLine, Mutant } from './mutant.ts'
import { mutantSource } from './source.ts'

/** A mutant that shows on real parts. */
export type ContainerMutant = Mutant & { readonly containers: ContainersLine }

export async function containerMutants(): Promise<readonly ContainerMutant[]> {
  return (await readMutants()).filter(showsOnContainers)
}

export function showsOnContainers(mutant: Mutant): mutant is ContainerMutant {
  return mutant.containers !== undefined
}

export function containerTriggerOf({ containers }: ContainerMutant): ContainerTrigger {
  return containerTriggerNamed(containers.trigger)
}

/** One run of the service, or of a mutant of it, under a trigger. */
export interface ContainerTrial {
  readonly seed: string
  /** Every class and promise that failed. */
  readonly reported: readonly string[]
  readonly verdict: Verdict
  /** Why there was no verdict, or what was broken, in a sentence. */
  readonly sentence: string
  /** From the start of the load until what is wrong was known. */
  readonly toVerdictMs: number
  /** With everything that it took to start and to remove. */
  readonly tookMs: number
  readonly played: PlayedRun
}

export interface MutantTrial extends ContainerTrial {
  readonly id: string
  /** The class or promise that must be reported. */
  readonly caughtAs: string
  readonly isCaught: boolean
}

export interface TrialOptions {
  readonly session: ContainersSession
  readonly seed: string
  readonly signal: AbortSignal
  progress(text: string): void
  readonly faultMaker?: PlayOptions['faultMaker']
}

/** Plays a mutant under its trigger on real parts, and says whether it was seen for what it is. */
export async function tryOnContainers(mutant: ContainerMutant, options: TrialOptions): Promise<MutantTrial> {
  const { id } = mutant
  await using source = await mutantSource(id)
  const named = { name: `order intake with mutant ${id}`, root: source.root }
  const trial = await tryService(named, containerTriggerOf(mutant), { ...options, mutant: id })
  const caughtAs = mutant.containers.caughtAs ?? mutant.caughtAs
  return { ...trial, id, caughtAs, isCaught: trial.reported.includes(caughtAs) }
}

/** Plays the honest service under a trigger: nothing may be reported. */
export function tryHonest(trigger: ContainerTrigger, options: TrialOptions): Promise<ContainerTrial> {
  return tryService(honestSource, trigger, options)
}

async function tryService(
  source: ServiceSource,
  trigger: ContainerTrigger,
  options: TrialOptions & { readonly mutant?: string },
): Promise<ContainerTrial> {
  const { session, seed, signal, progress, mutant, faultMaker } = options
  const parts = await session.parts()
  const startedMs = performance.now()
  const played = await playRun({
    plan: planRun({
      experiment: trigger,
      seed,
      faults: true,
      targets: describeTargets(replicas),
      kinds: faultKinds,
    }),
    system: orderIntakeSystem(source, trigger.load, session.images, process.env, (recipe) =>
      orderIntakeOn(parts, recipe),
    ),
    mutant,
    commit: 'unknown',
    replay: `npm run seawall -- mutants --containers --only ${mutant ?? 'honest'} --seed ${seed}`,
    reportsRoot: session.reportsRoot,
    owner: session.owner,
    faultMaker,
    signal,
    progress,
  })
  return { ...readTrial(played), seed, tookMs: performance.now() - startedMs, played }
}

function readTrial({
  record,
}: PlayedRun): Pick<ContainerTrial, 'reported' | 'verdict' | 'sentence' | 'toVerdictMs'> {
  const { startedAt, endedAt = startedAt, load, verdict = 'unknown', sentence = '' } = record
  const runMs = Date.parse(endedAt) - Date.parse(startedAt)
  return { reported: reportedBy(record), verdict, sentence, toVerdictMs: runMs - (load.startedMs ?? 0) }
}

/** Failing classes by their names in the public result, and failing promises by theirs. */
function reportedBy(record: PlayedRun['record']): readonly string[] {
  const classes = Object.keys((record.result?.examples as object | undefined) ?? {})
  const promises = [...record.promises, ...record.objectives].filter(({ verdict }) => verdict === 'fail')
  return [...new Set([...classes, ...promises.map(({ name }) => name)])]
}

/** What a trial costs beside its load: starting, waiting, reading and removing took 12 to 25 s on two cores. */
const besideTheLoadMs = 20_000
/** What broker, store and links take to come up, once. */
const sessionMs = 40_000

/** How long so many runs under these triggers will take, in words. */
export function estimateOf(triggers: readonly ContainerTrigger[]): string {
  return formatDuration(estimateMs(triggers))
}

export function estimateMs(triggers: readonly ContainerTrigger[]): number {
  return triggers.reduce((sum, { load }) => sum + load.durationMs + besideTheLoadMs, sessionMs)
}
