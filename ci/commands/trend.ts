import { resolve } from 'node:path'
import type { Command } from 'commander'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { renderTrend } from '../../reports/render/trend.ts'
import { readTrend } from '../../reports/trend/read-trend.ts'
import type { AddCommand, CommandIo } from './command.ts'

const reportsRoot = resolve(import.meta.dirname, '../../reports')

interface TrendOptions {
  readonly last: string
  readonly json?: boolean
  readonly reports: string
}

/** `seawall trend [EXPERIMENT]`: the runs of the past, and how their objectives moved. */
export const addTrendCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('trend')
    .argument('[experiment]', 'only the runs of this experiment')
    .description('show the runs of the past, and how their objectives moved')
    .option('--last <count>', 'so many of the newest runs', '20')
    .option('--json', 'print the rows as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records are', reportsRoot)
    .action((experiment: string | undefined, options: TrendOptions) => trend(experiment, options, io))
}

async function trend(experiment: string | undefined, options: TrendOptions, io: CommandIo): Promise<void> {
  const last = Number(options.last)
  const problems =
    Number.isInteger(last) && last > 0 ? [] : [`--last must be a whole number from 1, got "${options.last}"`]
  refuseProblems('the command line', problems, '`seawall trend --help` lists the options')
  const { rows, torn } = await readTrend(options.reports)
  const shown = rows.filter((row) => experiment === undefined || row.experiment === experiment).slice(-last)
  if (torn > 0) io.err(`${torn} line(s) of history.ndjson are torn or of another version, and left out`)
  io.out(options.json ? JSON.stringify(shown) : renderTrend(shown))
}
