import type { Experiment } from '../../chaos/experiment.ts'
import { optionsInWords } from '../../chaos/faults/fault-table.ts'
import { faultKinds } from '../../chaos/faults/list.ts'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import type { Objective } from '../../chaos/slo/objective.ts'
import { experiments } from '../../scenarios/experiments/list.ts'
import { orderObjectives } from '../budgets.ts'
import { readMutants } from '../mutants/list.ts'
import type { Mutant } from '../mutants/mutant.ts'
import type { AddCommand } from './command.ts'

/** One thing of a catalogue: its name, what it is in a sentence, and more about it, a line each. */
interface Entry {
  readonly name: string
  readonly about: string
  readonly more: readonly string[]
}

/** What can be listed. Asked for at the time, since a kind may have to try out whether this machine can do it. */
const catalogues: Readonly<Record<string, () => Promise<readonly Entry[]>>> = {
  experiments: async () => experiments.map(experimentEntry),
  faults,
  mutants: async () => (await readMutants()).map(mutantEntry),
  objectives: async () => orderObjectives.map(objectiveEntry),
}

export const catalogueNames: readonly string[] = Object.keys(catalogues)

function experimentEntry({ name, question, load, faults: planned, promises, objectives }: Experiment): Entry {
  const targets = planned.map(
    ({ kind, target }) => `${kind} on ${'name' in target ? target.name : target.role}`,
  )
  return {
    name,
    about: question,
    more: [
      `load: ${load.description}`,
      `faults: ${[...new Set(targets)].join(', ') || 'none'}`,
      ...[...promises, ...objectives].map(({ promise }) => `promise: ${promise}`),
    ],
  }
}

function mutantEntry({ id, title, standsFor, trigger, caughtAs }: Mutant): Entry {
  return {
    name: id,
    about: title,
    more: [`stands for: ${standsFor}`, `shows: ${trigger}`, `caught as: ${caughtAs}`],
  }
}

function objectiveEntry({ name, promise, window, atLeast, atMost, samplesMin }: Objective): Entry {
  const limit = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
  return {
    name,
    about: promise,
    more: [`limit: ${limit}`, `over: ${window.over}`, `samples: ${samplesMin} or more`],
  }
}

async function faults(): Promise<readonly Entry[]> {
  return Promise.all(
    faultKinds.map(async (kind) => {
      const reason = await kind.unsupportedHere()
      return {
        name: kind.kind,
        about: kind.victimFeels,
        more: [
          ...(reason === undefined ? [] : [`unsupported here: ${reason}`]),
          `needs: ${[kind.targetKind, ...kind.needs].join(', ')}`,
          `how: ${kind.how}`,
          `proof: ${kind.proof}`,
          ...optionsInWords(kind).map((option) => `option: ${option}`),
        ],
      }
    }),
  )
}

/** `seawall list WHAT`: a catalogue, printed from the code itself. */
export const addListCommand: AddCommand = (program, io) => {
  program
    .command('list')
    .description(`print a catalogue: ${catalogueNames.join(', ')}`)
    .argument('<what>', catalogueNames.join(', '))
    .option('--json', 'print it as JSON, and nothing else, on standard output')
    .action(async (what: string, options: { readonly json?: boolean }) => {
      const entries = await catalogueOf(what)()
      io.out(options.json ? JSON.stringify(entries, undefined, 2) : inWords(entries))
    })
}

function catalogueOf(what: string): () => Promise<readonly Entry[]> {
  const found = Object.hasOwn(catalogues, what) ? catalogues[what] : undefined
  if (found !== undefined) return found
  const near = nearestNames(what, catalogueNames)
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `expected a catalogue, got "${what}"; there are: ${catalogueNames.join(', ')}`,
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : `try \`npm run seawall list ${catalogueNames[0]}\``,
  )
}

function inWords(entries: readonly Entry[]): string {
  const width = Math.max(...entries.map(({ name }) => name.length))
  return entries
    .map(({ name, about, more }) => {
      const lines = more.map((line) => `${' '.repeat(width + 2)}${line}`)
      return [`${name.padEnd(width)}  ${about}`, ...lines].join('\n')
    })
    .join('\n')
}
