import { resolve } from 'node:path'
import type { Command } from 'commander'
import { planTable } from '../../chaos/schedule/plan-table.ts'
import type { PlayOptions } from '../play/play-run.ts'
import { planOf, playChoices } from '../play/player.ts'
import { type RunChoices, runChoices } from '../play/run-choices.ts'
import type { RunPlan } from '../play/run-plan.ts'
import { tellVerdict } from '../play/tell-verdict.ts'
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
    .option('--swarm', "faults drawn from the seed, on anything there is, in place of the experiment's own")
    .option('--pair', "two faults that meet, drawn from the seed, in place of the experiment's own")
    .option(
      '--schedule <text>',
      "exactly these faults, in place of the experiment's own: kind@target:at+for;…",
    )
    .option('--base <rate>', 'base rate of the load, arrivals a second')
    .option('--peak <rate>', 'peak rate of the load, arrivals a second')
    .option('--hold <time>', 'how long the peak lasts: 20s, 2m')
    .option('--live', 'serve the live view as a page on loopback too, at an address that is printed')
    .option('--plan', 'print what would happen, and start nothing')
    .option('--json', 'print the run record as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records go', resolve(root, 'reports'))
    .action((experiment: string, options: Record<string, unknown>) =>
      run(runChoices(experiment, options), io),
    )
}

async function run(choices: RunChoices, io: CommandIo): Promise<void> {
  if (choices.plan) {
    const plan = planOf(choices, io.env)
    io.out(choices.json ? JSON.stringify(plan) : planInWords(plan))
    return
  }
  const played = choices.json
    ? await playChoices(choices, io, io.err)
    : await playChoices(choices, io, io.out, liveOn(io))
  tellVerdict(played, choices.json, io)
}

function planInWords({ experiment, seed, schedule }: RunPlan): string {
  const { name, question, load } = experiment
  return [`${name}: ${question}`, `load: ${load.description}`, `seed: ${seed}`, '', planTable(schedule)].join(
    '\n',
  )
}

function liveOn({ write, isTerminal, env, columns }: CommandIo): PlayOptions['live'] {
  return { write, isTerminal, color: isTerminal && env.NO_COLOR === undefined, columns: () => columns }
}
