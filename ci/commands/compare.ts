import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { exitCodeOf } from '../../chaos/kernel/exit-code.ts'
import type { Verdict } from '../../chaos/kernel/verdict.ts'
import { compareRuns, type Difference, incomparable } from '../../reports/compare.ts'
import { findRun } from '../../reports/find-run.ts'
import { readRecord } from '../../reports/read-record.ts'
import { escapeTerminal } from '../../reports/render/escape.ts'
import { formatMeasure } from '../../reports/render/format.ts'
import { readTrend } from '../../reports/trend/read-trend.ts'
import { type TrendRow, trendRow } from '../../reports/trend/trend-row.ts'
import type { AddCommand, CommandIo } from './command.ts'

const reportsRoot = resolve(import.meta.dirname, '../../reports')

interface CompareOptions {
  readonly json?: boolean
  readonly reports: string
}

/** `seawall compare BEFORE AFTER`: is the later run worse, beyond what good runs differ by anyway? */
export const addCompareCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('compare')
    .argument('<before>', 'the run to compare with: a folder, an id, or an experiment')
    .argument('<after>', 'the run in question')
    .description('say whether a run is worse than an earlier one, beyond the noise of good runs')
    .option('--json', 'print the differences as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records are', reportsRoot)
    .action((before: string, after: string, options: CompareOptions) => compare(before, after, options, io))
}

async function compare(before: string, after: string, options: CompareOptions, io: CommandIo): Promise<void> {
  const rowOf = async (name: string): Promise<TrendRow> => {
    const folder = await findRun(options.reports, name)
    return trendRow(await readRecord(folder), relative(options.reports, folder))
  }
  const [earlier, later] = [await rowOf(before), await rowOf(after)]
  const { rows } = await readTrend(options.reports)
  const problem = incomparable(earlier, later)
  const differences = compareRuns(earlier, later, rows)
  const verdict = problem === undefined ? verdictOf(earlier, later, differences) : 'unknown'
  if (options.json) io.out(JSON.stringify({ verdict, problem, differences }))
  else io.out(inWords(earlier, later, differences, verdict, problem))
  io.exit(exitCodeOf(verdict))
}

/** fail: something is worse; unknown: something differs, and nobody knows whether that is usual. */
function verdictOf(before: TrendRow, after: TrendRow, differences: readonly Difference[]): Verdict {
  const isWorse = differences.some(({ judgement }) => judgement === 'worse')
  if (isWorse || (before.verdict === 'pass' && after.verdict === 'fail')) return 'fail'
  const isUnclear = differences.some(({ judgement }) => judgement === 'unclear')
  return isUnclear || after.verdict === 'unknown' ? 'unknown' : 'pass'
}

function inWords(
  before: TrendRow,
  after: TrendRow,
  differences: readonly Difference[],
  verdict: Verdict,
  problem: string | undefined,
): string {
  const answers = { pass: 'not worse', fail: 'worse', unknown: 'not to be said' } as const
  return [
    `before: ${before.runId}, ${before.verdict}`,
    `after:  ${after.runId}, ${after.verdict}`,
    ...differences.map(differenceLine),
    ...(problem === undefined ? [] : [`these runs cannot be compared: ${problem}`]),
    `the later run is: ${answers[verdict]}`,
  ]
    .map(escapeTerminal)
    .join('\n')
}

function differenceLine({ objective, unit, before, after, usual, judgement }: Difference): string {
  const value = (one: number | undefined) => (one === undefined ? 'no value' : formatMeasure(one, unit))
  const range =
    usual === undefined
      ? 'too few good runs to know what is usual'
      : `usual: ${value(usual.median)}, ${value(usual.worst)} at worst, in ${usual.runs} good runs`
  return `  ${judgement.padEnd(7)} ${objective}: ${value(before)}, then ${value(after)} (${range})`
}
