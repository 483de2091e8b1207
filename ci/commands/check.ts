import type { Command } from 'commander'
import { beginExplain, type Explanation } from '../../chaos/checkers/explain.ts'
import { judgeFiles } from '../../chaos/checkers/judge-files.ts'
import type { SeawallResult } from '../../chaos/checkers/result.ts'
import { historyFiles } from '../../chaos/history/read-history.ts'
import { exitCodeOf } from '../../chaos/kernel/exit-code.ts'
import type { AddCommand, CommandIo } from './command.ts'

interface CheckOptions {
  readonly json?: boolean
  readonly explain?: string
}

/** `seawall check FILE...`: judges any history of the public format, with no container and no network. */
export const addCheckCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('check')
    .argument(
      '<file...>',
      "histories of one run: files, plain or gzip, a run's folder, or - for standard input",
    )
    .description('judge a stored history, whoever wrote it')
    .option('--json', 'print the result as JSON, and nothing else, on standard output')
    .option('--explain <id>', 'print everything that happened to one id, with the faults over it')
    .action((files: string[], options: CheckOptions) => check(files, options, io))
}

async function check(files: readonly string[], options: CheckOptions, io: CommandIo): Promise<void> {
  const explainer = options.explain === undefined ? undefined : beginExplain([options.explain])
  const { result } = await judgeFiles(
    historyFiles(files),
    explainer === undefined ? {} : { alsoSee: explainer.see },
  )
  const explanation = explainer?.end()[0]
  if (options.json) io.out(JSON.stringify(explanation === undefined ? result : { ...result, explanation }))
  else io.out(explanation === undefined ? inWords(result) : explained(explanation))
  io.exit(exitCodeOf(result.verdict))
}

function inWords({ verdict, reasons, counts, examples, faults, torn }: SeawallResult): string {
  const { attempted, acknowledged, refused, unsure, stored, deadLettered, queued, dropped, ...classes } =
    counts
  const found = Object.entries(classes).filter(([, count]) => count > 0)
  return [
    verdict,
    ...reasons.map((reason) => `  ${reason}`),
    `orders   ${attempted} attempted = ${acknowledged} acknowledged + ${refused} refused + ${unsure} unsure`,
    `places   ${stored} stored, ${deadLettered} in the dead letters, ${queued} in the queue`,
    `classes  ${found.map(([name, count]) => `${count} ${name}`).join(', ') || 'none'}`,
    ...Object.entries(examples).map(([name, ids]) => `  ${name}: ${ids.join(', ')}`),
    `faults   ${faults.planned} planned, ${faults.felt} felt, ${faults.healed} healed`,
    `load     ${dropped} arrivals dropped`,
    ...(torn > 0 ? [`torn     ${torn} last line(s) were cut off and are not judged`] : []),
  ].join('\n')
}

function explained({ id, end, classes, steps }: Explanation): string {
  if (steps.length === 0) return `${id}: the history does not name it`
  const lines = steps.map(({ timeMs, text, phase, faults }) => {
    const over = [...(phase === undefined ? [] : [phase]), ...faults]
    return `${timeMs.toFixed(2).padStart(12)} ms  ${text}${over.length === 0 ? '' : `  [${over.join('; ')}]`}`
  })
  return [`${id}: ended ${end}; ${classes.join(', ') || 'in none of the failing classes'}`, ...lines].join(
    '\n',
  )
}
