import type { Experiment } from '../../chaos/experiment.ts'
import { faultTable } from '../../chaos/faults/fault-table.ts'
import { formatDuration } from '../../chaos/kernel/duration.ts'
import { errorTable } from '../../chaos/kernel/errors.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { experiments } from '../../scenarios/experiments/list.ts'
import { benches } from '../bench/benches.ts'

/** Parts of the documentation that are made from the code; a test says when one has gone stale. */
export const blocks: Readonly<Record<string, () => string>> = {
  'exit-codes': () =>
    table(
      ['exit', 'meaning'],
      Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
    ),
  errors: () =>
    table(
      ['error', 'exit', 'meaning', 'next step'],
      Object.entries(errorTable).map(([code, { exit, meaning, next }]) => [
        `\`${code}\``,
        String(exitCodes[exit].code),
        meaning,
        next,
      ]),
    ),
  faults: () => faultTable(),
  benches: () =>
    table(
      ['bench', 'what is compared', 'on'],
      benches.map(({ name, what, containers }) => [
        `\`${name}\``,
        what,
        containers ? 'containers' : 'this machine alone',
      ]),
    ),
  experiments: () =>
    table(
      ['experiment', 'question', 'load', 'faults', 'promises beside the classes', 'about'],
      experiments.map((experiment) => experimentRow(experiment)),
    ),
}

function experimentRow(experiment: Experiment): readonly string[] {
  const { name, question, load, faults, promises, objectives, alerts } = experiment
  return [
    `\`${name}\``,
    question,
    load.description,
    [
      ...new Set(
        faults.map(({ kind, target }) => `${kind} on ${'name' in target ? target.name : target.role}`),
      ),
    ].join(', ') || 'none',
    [...promises.map(promiseOf), ...objectives.map(promiseOf), ...alertsInWords(alerts)].join('; ') || '–',
    formatDuration(minutesOf(experiment)),
  ]
}

const promiseOf = ({ promise }: { readonly promise: string }) => promise

function alertsInWords(alerts: Experiment['alerts']): readonly string[] {
  if (alerts === undefined) return []
  const { mustFire, mayFire } = alerts
  const musts = mustFire.map(({ alert, withinMs }) => `\`${alert}\` within ${formatDuration(withinMs)}`)
  const may = mayFire.map(({ alert }) => `\`${alert}\``)
  if (musts.length + may.length === 0) return ['no alert fires']
  const known = [
    ...(musts.length === 0 ? [] : [`must fire: ${musts.join(', ')}`]),
    ...(may.length === 0 ? [] : [`may: ${may.join(', ')}`]),
  ]
  return [`alerts that ${known.join('; ')}; no other fires`]
}

/** The load, and as long again as starting, draining and reading took in many runs. */
const besideTheLoadMs = 45_000
const minutesOf = ({ load }: Experiment) => load.durationMs + besideTheLoadMs

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Text with every `<!-- made: NAME -->` block made anew. Throws for a name that nothing makes. */
export function withBlocks(text: string): string {
  return text.replaceAll(
    /(<!-- made: (\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, begin: string, name: string, end: string) => {
      const make = blocks[name]
      if (make === undefined)
        throw new Error(`nothing makes the block "${name}"; known: ${Object.keys(blocks).join(', ')}`)
      return `${begin}${make()}\n${end}`
    },
  )
}
