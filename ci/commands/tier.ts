import type { Command } from 'commander'
import { experimentsOf, tierNames } from '../tiers.ts'
import type { AddCommand, CommandIo } from './command.ts'

/** `seawall tier NAME`: which experiments a tier plays, for people and for the matrix of a workflow. */
export const addTierCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('tier')
    .argument('<name>', tierNames.join(', '))
    .description('print the experiments of a tier')
    .option('--json', 'print them as a JSON list on one line')
    .action((name: string, options: { readonly json?: boolean }) => {
      const names = experimentsOf(name)
      io.out(options.json ? JSON.stringify(names) : names.join('\n'))
    })
}
