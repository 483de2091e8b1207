import { resolve } from 'node:path'
import { defineExperiment } from '../../chaos/define-experiment.ts'
import type { Experiment } from '../../chaos/experiment.ts'
import { faultKinds } from '../../chaos/faults/list.ts'
import { experimentOf } from '../../scenarios/experiments/list.ts'
import { spikeExperiment } from '../../scenarios/experiments/spike.ts'
import type { OrderIntakeLoad } from '../../scenarios/load-config.ts'
import { describeTargets } from '../../system-under-test/topology/order-intake.ts'
import { orderIntakeSystem, replicas } from '../play/order-intake-system.ts'
import { type PlayedRun, playRun } from '../play/play-run.ts'
import { planRun } from '../play/run-plan.ts'
import type { ImageRefs } from '../setup/images.ts'
import { readMutants } from './list.ts'
import { mutantSource } from './source.ts'

/**
 * The spike in small: the faults of `npm run spike` under a fifth of its load, so that a mutant costs a minute. Its
 * objectives are left out: a mutant is to be caught by what it loses, not by being slow on a busy machine.
 */
export function smallSpike(): Experiment<OrderIntakeLoad> {
  const spike = spikeExperiment({
    basePerSecond: 50,
    peakPerSecond: 200,
    warmUpMs: 3_000,
    baseMs: 2_000,
    riseMs: 2_000,
    holdMs: 19_000,
    fallMs: 2_000,
    tailMs: 3_000,
  })
  // At a fifth of the load one worker may hold a single order when it dies: here all of them die while the store is gone.
  const cutMs = 7_000
  const faults = spike.faults.map((fault) =>
    fault.kind === 'container-kill' && 'phase' in fault.when && fault.when.offsetMs > cutMs
      ? { ...fault, target: { role: 'worker', choose: 'all' } as const }
      : fault,
  )
  const blastRadius = { ...spike.blastRadius, atOnceMax: 4, totalMsMax: 45_000 }
  return defineExperiment({ ...spike, name: 'small-spike', faults, blastRadius, objectives: [] })
}

/** What is played on containers to show a mutant; those that are not here are shown by the small spike. */
const triggers: Readonly<Record<string, string>> = {
  M02: 'broker-killed',
  M03: 'binding-removed',
  M05: 'broker-killed',
  M06: 'confirms-lost',
  M07: 'confirms-lost',
  M08: 'client-answers-lost',
  M12: 'broker-link-cut',
  M14: 'api-killed',
  M15: 'api-rolling-restart',
  M29: 'worker-killed',
  M35: 'store-answers-lost',
  M37: 'store-link-cut',
  M39: 'worker-stopped',
  M42: 'worker-clock-skewed',
}

/** Of what the design asks to be shown on real parts, everything that there is a diff of. */
export async function containerMutants(): Promise<readonly string[]> {
  const shown = /^M(0[1-9]|1[0-9]|2[0-3]|2[89]|3[0-7]|39|40|42|43|44|48|49|51|53|58)$/
  return (await readMutants()).map(({ id }) => id).filter((id) => shown.test(id))
}

export function containerTriggerOf(id: string): Experiment<OrderIntakeLoad> {
  const name = triggers[id]
  return name === undefined ? smallSpike() : experimentOf(name)
}

export interface ContainerTrial {
  readonly id: string
  readonly seed: string
  /** The class or promise that must be reported. */
  readonly caughtAs: string
  /** Every class and promise that failed. */
  readonly reported: readonly string[]
  readonly isCaught: boolean
  readonly played: PlayedRun
}

export interface TrialOptions {
  readonly images: ImageRefs
  readonly seed: string
  readonly reportsRoot: string
  readonly signal: AbortSignal
  progress(text: string): void
}

/** Plays a mutant under its trigger on real parts, and says whether it was seen for what it is. */
export async function tryOnContainers(id: string, options: TrialOptions): Promise<ContainerTrial> {
  await using source = await mutantSource(id)
  const experiment = containerTriggerOf(id)
  const { seed, images } = options
  const played = await playRun({
    plan: planRun({ experiment, seed, faults: true, targets: describeTargets(replicas), kinds: faultKinds }),
    system: orderIntakeSystem(
      { name: `order intake with mutant ${id}`, root: source.root },
      experiment.load,
      images,
      process.env,
    ),
    mutant: id,
    commit: 'unknown',
    replay: `npm run seawall -- mutants --containers --only ${id} --seeds ${seed}`,
    reportsRoot: resolve(options.reportsRoot),
    signal: options.signal,
    progress: options.progress,
  })
  const reported = reportedBy(played)
  return {
    id,
    seed,
    caughtAs: source.mutant.caughtAs,
    reported,
    isCaught: reported.includes(source.mutant.caughtAs),
    played,
  }
}

/** Failing classes by their names in the public result, and failing promises by theirs. */
function reportedBy({ record }: PlayedRun): readonly string[] {
  const classes = Object.keys((record.result?.examples as object | undefined) ?? {})
  const promises = [...record.promises, ...record.objectives].filter(({ verdict }) => verdict === 'fail')
  return [...classes, ...promises.map(({ name }) => name)]
}
