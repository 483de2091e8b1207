import { HarnessError } from '../../chaos/kernel/errors.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import { experiments } from '../../scenarios/experiments/list.ts'
import { triggers } from '../../scenarios/simulation/triggers/list.ts'
import { commandTable, type KnownWords } from '../completions/command-table.ts'
import { completionsFor, type Shell, shells } from '../completions/shells.ts'
import { readMutants } from '../mutants/list.ts'
import { systemNames } from '../play/run-choices.ts'
import { tierNames } from '../tiers.ts'
import type { AddCommand } from './command.ts'
import { catalogueNames } from './list.ts'

/** `seawall completions SHELL`: made from the commands as they are, so that it cannot go stale. */
export const addCompletionsCommand: AddCommand = (program, io) => {
  program
    .command('completions')
    .description('print the completions for a shell')
    .argument('<shell>', shells.join(', '))
    .option('--json', 'print what is completed as JSON, and nothing else, on standard output')
    .addHelpText('after', '\nFor example: source <(seawall completions bash)')
    .action(async (word: string, { json }: { readonly json?: boolean }) => {
      const shell = shellOf(word)
      const table = commandTable(program, await knownWords())
      if (json) io.out(JSON.stringify(table))
      else io.write(completionsFor(shell, table))
    })
}

async function knownWords(): Promise<KnownWords> {
  const mutants = (await readMutants()).map(({ id }) => id)
  return {
    shell: shells,
    what: catalogueNames,
    experiment: experiments.map(({ name }) => name),
    id: mutants,
    ids: mutants,
    'tier name': tierNames,
    'nightly name': tierNames,
    'simulate name': triggers.map(({ name }) => name),
    'run name': systemNames,
    // An order's, not a mutant's.
    'check id': [],
  }
}

function shellOf(word: string): Shell {
  const found = shells.find((shell) => shell === word)
  if (found !== undefined) return found
  const near = nearestNames(word, shells)
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `expected a shell, got "${word}"; there are: ${shells.join(', ')}`,
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'try `seawall completions bash`',
  )
}
