import { resolve } from 'node:path'
import type { Experiment } from '../../chaos/experiment.ts'
import { faultKinds } from '../../chaos/faults/list.ts'
import type { OrderIntakeLoad } from '../../scenarios/load-config.ts'
import { describeTargets } from '../../system-under-test/topology/order-intake.ts'
import type { CommandIo } from '../commands/command.ts'
import { mutantSource } from '../mutants/source.ts'
import { prepare } from '../setup/bring-up.ts'
import { grafanaOf } from '../telemetry/post-annotations.ts'
import { commitOf } from './commit.ts'
import { withFaults, withPair, withSwarm } from './fault-choice.ts'
import { onDisksFor } from './on-disks-for.ts'
import {
  fragileSource,
  honestSource,
  orderIntakeSystem,
  replicasFor,
  type ServiceSource,
} from './order-intake-system.ts'
import { type PlayedRun, type PlayOptions, playRun } from './play-run.ts'
import { withPromisesOfLoad } from './promises-of-load.ts'
import { experimentFor, type RunChoices, replayLineOf } from './run-choices.ts'
import { planRun, type RunPlan, refuseUnsupported } from './run-plan.ts'
import { serviceSettingProblems } from './service-settings.ts'

const root = resolve(import.meta.dirname, '../..')

export interface ChosenPlan extends RunPlan {
  readonly experiment: Experiment<OrderIntakeLoad>
}

/** Everything that these choices lead to, decided; nothing is started. Throws with all problems at once. */
export function planOf(choices: RunChoices, env: CommandIo['env']): ChosenPlan {
  const { seed, faults, swarm, pair, schedule } = choices
  const own = withPromisesOfLoad(experimentFor(choices))
  const targets = describeTargets(replicasFor(own.load))
  const experiment =
    schedule !== undefined
      ? withFaults(own, schedule)
      : swarm || pair
        ? (pair ? withPair : withSwarm)(own, { seed, targets, kinds: faultKinds })
        : own
  const problems = serviceSettingProblems(own.load, env)
  return { ...planRun({ experiment, seed, faults, targets, kinds: faultKinds, problems }), experiment }
}

/** Plays what was chosen on containers: the engine and the images are brought up, the run leaves its record. */
export async function playChoices(
  choices: RunChoices,
  io: Pick<CommandIo, 'env' | 'signal'>,
  tell: (text: string) => void,
  live?: PlayOptions['live'],
): Promise<PlayedRun> {
  const plan = planOf(choices, io.env)
  await using source = await sourceOf(choices)
  const { images } = await prepare({ out: tell, env: io.env, signal: io.signal })
  await refuseUnsupported(plan, faultKinds)
  // Awaited here: the patched sources must live until the run has ended.
  return await playRun({
    plan,
    system: orderIntakeSystem(source, plan.experiment.load, images, io.env, onDisksFor(plan.schedule)),
    mutant: choices.mutant,
    commit: await commitOf(root),
    replay: replayLineOf(choices),
    reportsRoot: choices.reports,
    collectorUrl: io.env.SEAWALL_FARO_URL,
    grafana: grafanaOf(io.env),
    signal: io.signal,
    progress: tell,
    live,
    livePage: choices.live,
  })
}

async function sourceOf(choices: RunChoices): Promise<ServiceSource & AsyncDisposable> {
  const stays = { [Symbol.asyncDispose]: async () => {} }
  if (choices.system === 'fragile') return { ...fragileSource, ...stays }
  if (choices.mutant === undefined) return { ...honestSource, ...stays }
  const patched = await mutantSource(choices.mutant)
  return {
    name: `order intake with mutant ${patched.mutant.id}`,
    root: patched.root,
    [Symbol.asyncDispose]: () => patched[Symbol.asyncDispose](),
  }
}
