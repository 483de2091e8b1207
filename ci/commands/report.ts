import { resolve } from 'node:path'
import type { Command } from 'commander'
import { findRun } from '../../reports/find-run.ts'
import { keepMatrix } from '../../reports/keep-matrix.ts'
import { readMatrix } from '../../reports/matrix/store-matrix.ts'
import { matrixSentence } from '../../reports/render/matrix-page.ts'
import { renderTerminal } from '../../reports/render/terminal.ts'
import { renderAll } from '../../reports/render-all.ts'
import type { AddCommand, CommandIo } from './command.ts'

const reportsRoot = resolve(import.meta.dirname, '../../reports')

interface ReportOptions {
  readonly json?: boolean
  readonly matrix?: string
  readonly reports: string
}

/** `seawall report [RUN]`: renders every format of a stored run again, and prints its verdict. */
export const addReportCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('report')
    .argument('[run]', "a run's folder or id, or an experiment's name for its latest run")
    .description('render the report of a stored run again: HTML, JUnit, Markdown')
    .option('--matrix <file>', 'render a matrix of mutants instead, as `mutants --json` printed it')
    .option('--json', 'print the run record as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records are', reportsRoot)
    .action((run: string | undefined, options: ReportOptions) => report(run, options, io))
}

/** Ends with 0 whatever the verdict is: what was asked for was the report. */
async function report(run: string | undefined, options: ReportOptions, io: CommandIo): Promise<void> {
  if (options.matrix !== undefined) return reportMatrix(options.matrix, options, io)
  const folder = await findRun(options.reports, run)
  const { record, files } = await renderAll(folder)
  if (options.json) {
    io.out(JSON.stringify(record))
    return
  }
  const page = files.find((file) => file.endsWith('report.html'))
  const color = io.isTerminal && io.env.NO_COLOR === undefined
  io.out(renderTerminal(record, { columns: io.columns, color, ...(page === undefined ? {} : { page }) }))
}

async function reportMatrix(file: string, options: ReportOptions, io: CommandIo): Promise<void> {
  const matrix = await readMatrix(file)
  const page = await keepMatrix(options.reports, matrix)
  io.out(options.json ? JSON.stringify(matrix) : `${matrixSentence(matrix)}\npage: ${page}`)
}
