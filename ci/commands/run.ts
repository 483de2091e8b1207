import { resolve } from 'node:path'
import type { Command } from 'commander'
import { faultKinds } from '../../chaos/faults/list.ts'
import { planTable } from '../../chaos/schedule/plan-table.ts'
import { renderTerminal } from '../../reports/render/terminal.ts'
import { describeTargets } from '../../system-under-test/topology/order-intake.ts'
import { mutantSource } from '../mutants/source.ts'
import { commitOf } from '../play/commit.ts'
import { honestSource, orderIntakeSystem, replicas, type ServiceSource } from '../play/order-intake-system.ts'
import { playRun } from '../play/play-run.ts'
import { experimentFor, type RunChoices, replayLineOf, runChoices } from '../play/run-choices.ts'
import { planRun, type RunPlan, refuseUnsupported } from '../play/run-plan.ts'
import { prepare } from '../setup/bring-up.ts'
import type { AddCommand, CommandIo } from './command.ts'

const root = resolve(import.meta.dirname, '../..')

/** `seawall run EXPERIMENT`: from the plan to the verdict, on real parts. */
export const addRunCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('run')
    .argument('[experiment]', 'which question to ask', 'spike')
    .description('play an experiment on containers and give its verdict')
    .option('--seed <text>', 'decides everything that is left to chance; drawn and printed if left out')
    .option('--mutant <id>', 'play the service with one seeded bug')
    .option('--system <name>', 'orders, or fragile: the service before its redesign', 'orders')
    .option('--no-faults', 'the control run: the same load, nothing broken')
    .option('--base <rate>', 'base rate of the load, arrivals a second')
    .option('--peak <rate>', 'peak rate of the load, arrivals a second')
    .option('--hold <time>', 'how long the peak lasts: 20s, 2m')
    .option('--plan', 'print what would happen, and start nothing')
    .option('--json', 'print the run record as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records go', resolve(root, 'reports'))
    .action((experiment: string, options: Record<string, unknown>) =>
      run(runChoices(experiment, options), io),
    )
}

async function run(choices: RunChoices, io: CommandIo): Promise<void> {
  const experiment = experimentFor(choices)
  const tell = choices.json ? io.err : io.out
  const plan = planRun({
    experiment,
    seed: choices.seed,
    faults: choices.faults,
    targets: describeTargets(replicas),
    kinds: faultKinds,
  })
  await using source = await sourceOf(choices)
  if (choices.plan) {
    io.out(choices.json ? JSON.stringify(plan) : planInWords(plan))
    return
  }
  const { images } = await prepare({ out: tell, env: io.env, signal: io.signal })
  await refuseUnsupported(plan, faultKinds)
  const played = await playRun({
    plan,
    system: orderIntakeSystem(source, experiment.load, images, io.env),
    mutant: choices.mutant,
    commit: await commitOf(root),
    replay: replayLineOf(choices),
    reportsRoot: choices.reports,
    collectorUrl: io.env.SEAWALL_FARO_URL,
    signal: io.signal,
    progress: tell,
  })
  if (choices.json) io.out(JSON.stringify(played.record))
  else
    io.out(
      renderTerminal(played.record, {
        columns: io.columns,
        color: io.isTerminal && io.env.NO_COLOR === undefined,
      }),
    )
  io.exit(played.exitCode)
}

function planInWords({ experiment, seed, schedule }: RunPlan): string {
  const { name, question, load } = experiment
  return [`${name}: ${question}`, `load: ${load.description}`, `seed: ${seed}`, '', planTable(schedule)].join(
    '\n',
  )
}

async function sourceOf(choices: RunChoices): Promise<ServiceSource & AsyncDisposable> {
  if (choices.mutant === undefined) return { ...honestSource, [Symbol.asyncDispose]: async () => {} }
  const patched = await mutantSource(choices.mutant)
  return {
    name: `order intake with mutant ${patched.mutant.id}`,
    root: patched.root,
    [Symbol.asyncDispose]: () => patched[Symbol.asyncDispose](),
  }
}
