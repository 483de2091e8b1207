import { optionsInWords } from '../../chaos/faults/fault-table.ts'
import { faultKinds } from '../../chaos/faults/list.ts'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import type { AddCommand } from './command.ts'

/** One thing of a catalogue: its name, what it is in a sentence, and more about it, a line each. */
interface Entry {
  readonly name: string
  readonly about: string
  readonly more: readonly string[]
}

/** What can be listed. Asked for at the time, since a kind may have to try out whether this machine can do it. */
const catalogues: Readonly<Record<string, () => Promise<readonly Entry[]>>> = { faults }

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

/** `seawall list faults`: a catalogue, printed from the code itself. */
export const addListCommand: AddCommand = (program, io) => {
  const names = Object.keys(catalogues)
  program
    .command('list')
    .description(`print a catalogue: ${names.join(', ')}`)
    .argument('<what>', names.join(', '))
    .option('--json', 'print it as JSON')
    .action(async (what: string, options: { readonly json?: boolean }) => {
      const entries = await catalogueOf(what)()
      io.out(options.json ? JSON.stringify(entries, undefined, 2) : inWords(entries))
    })
}

function catalogueOf(what: string): () => Promise<readonly Entry[]> {
  const names = Object.keys(catalogues)
  const found = Object.hasOwn(catalogues, what) ? catalogues[what] : undefined
  if (found !== undefined) return found
  const near = nearestNames(what, names)
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `expected a catalogue, got "${what}"; there are: ${names.join(', ')}`,
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : `try \`npm run seawall list ${names[0]}\``,
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
