import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { HarnessError, refuseProblems } from '../../chaos/kernel/errors.ts'
import { exitCodeOf } from '../../chaos/kernel/exit-code.ts'
import type { Verdict } from '../../chaos/kernel/verdict.ts'
import { compareRuns, type Difference, incomparable } from '../../reports/compare.ts'
import { findRun } from '../../reports/find-run.ts'
import { readRecord } from '../../reports/read-record.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { readTrend } from '../../reports/trend/read-trend.ts'
import { type TrendRow, trendRow } from '../../reports/trend/trend-row.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import { commitOf } from '../play/commit.ts'
import { flakeOrRegression } from '../play/flake-or-regression.ts'
import { playChoices } from '../play/player.ts'
import { choicesOfReplayLine } from '../play/read-replay-line.ts'
import { failureOf, showsFailure } from '../play/same-failure.ts'
import type { AddCommand, CommandIo } from './command.ts'
import { type Compared, comparedInWords } from './compare-in-words.ts'

const root = resolve(import.meta.dirname, '../..')

interface CompareOptions {
  readonly json?: boolean
  readonly rerun?: string
  readonly reports: string
}

/** What the command needs of the world beside records, so that a test can play without containers. */
export interface ComparePlayer {
  /** The commit of what would be played. */
  commit(): Promise<string>
  /** Plays a recorded run again, from its replay line; the new record is below the same reports folder. */
  play(record: RunRecord, reports: string, io: CommandIo): Promise<RunRecord>
}

const containers: ComparePlayer = {
  commit: () => commitOf(root),
  async play({ replay }, reports, io) {
    const { record } = await playChoices(choicesOfReplayLine(replay, reports), io, io.err)
    return record
  },
}

/** `seawall compare BEFORE AFTER`: is the later run worse, beyond what good runs differ by anyway? */
export const addCompareCommand: AddCommand = (program, io) => addCompareCommandWith(containers, program, io)

/** As {@link addCompareCommand}, with another way to play. */
export function addCompareCommandWith(player: ComparePlayer, program: Command, io: CommandIo): void {
  program
    .command('compare')
    .argument('<before>', 'the run to compare with: a folder, an id, or an experiment')
    .argument('<after>', 'the run in question')
    .description('say whether a run is worse than an earlier one, beyond the noise of good runs')
    .option('--rerun <number>', 'if it is, play it again with its seed, so often at the most: a flake?')
    .option('--json', 'print the differences as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records are', resolve(root, 'reports'))
    .action((before: string, after: string, options: CompareOptions) =>
      compare([before, after], options, player, io),
    )
}

async function compare(
  names: readonly [string, string],
  { rerun, reports, json }: CompareOptions,
  player: ComparePlayer,
  io: CommandIo,
): Promise<void> {
  const problems: string[] = []
  const times = rerun === undefined ? 0 : wholeNumber('--rerun', rerun, { min: 1, max: 20 }, problems)
  refuseProblems('the command line', problems, 'for example: npm run seawall -- compare RUN RUN --rerun 2')
  const [earlier, later] = [await foundRun(names[0], reports), await foundRun(names[1], reports)]
  const { rows } = await readTrend(reports)
  const judged = judge(earlier.row, later.row, rows)
  const compared =
    times > 0 && judged.verdict === 'fail'
      ? await playedAgain({ earlier, later, rows, judged, times, reports }, player, io)
      : judged
  io.out(json ? JSON.stringify(compared) : comparedInWords(earlier.row, later.row, compared))
  io.exit(exitCodeOf(compared.verdict))
}

interface FoundRun {
  readonly record: RunRecord
  readonly row: TrendRow
}

async function foundRun(name: string, reports: string): Promise<FoundRun> {
  const folder = await findRun(reports, name)
  const record = await readRecord(folder)
  return { record, row: trendRow(record, relative(reports, folder)) }
}

function judge(before: TrendRow, after: TrendRow, rows: readonly TrendRow[]): Compared {
  const problem = incomparable(before, after)
  const differences = compareRuns(before, after, rows)
  const verdict = problem === undefined ? verdictOf(before, after, differences) : 'unknown'
  return { verdict, problem, differences }
}

/** fail: something is worse; unknown: something differs, and nobody knows whether that is usual. */
function verdictOf(before: TrendRow, after: TrendRow, differences: readonly Difference[]): Verdict {
  if (worseOf(differences).length > 0 || isNewFailure(before, after)) return 'fail'
  const isUnclear = differences.some(({ judgement }) => judgement === 'unclear')
  return isUnclear || after.verdict === 'unknown' ? 'unknown' : 'pass'
}

const isNewFailure = (before: TrendRow, after: TrendRow) =>
  before.verdict === 'pass' && after.verdict === 'fail'

function worseOf(differences: readonly Difference[]): string[] {
  return differences.filter(({ judgement }) => judgement === 'worse').map(({ objective }) => objective)
}

interface ToPlayAgain {
  readonly earlier: FoundRun
  readonly later: FoundRun
  /** As they were before: what is played now must not change what is usual. */
  readonly rows: readonly TrendRow[]
  readonly judged: Compared
  readonly times: number
  readonly reports: string
}

/** A flake has no verdict: once it was worse, and nobody knows why. */
async function playedAgain(
  { earlier, later, rows, judged, times, reports }: ToPlayAgain,
  player: ComparePlayer,
  io: CommandIo,
): Promise<Compared> {
  refuseAnotherCommit(later.record, await player.commit())
  const broken = isNewFailure(earlier.row, later.row) ? failureOf(later.record) : new Set<string>()
  const accused = broken.size > 0 ? broken : new Set(worseOf(judged.differences))
  const reruns = await flakeOrRegression({
    times,
    play() {
      io.signal.throwIfAborted()
      return player.play(later.record, reports, io)
    },
    shows(run) {
      const differences = compareRuns(earlier.row, trendRow(run, ''), rows)
      return showsFailure(accused, run) || worseOf(differences).some((name) => accused.has(name))
    },
  })
  return { ...judged, reruns, verdict: reruns.answer === 'flake' ? 'unknown' : 'fail' }
}

function refuseAnotherCommit({ runId, commit }: RunRecord, here: string): void {
  if (commit === here) return
  throw new HarnessError(
    'HARNESS_CONFIG_INVALID',
    `expected to play run ${runId} again with its commit ${commit}, and got a checkout of ${here}`,
    `another service would say nothing of that run: git checkout ${commit.replace(/-dirty$/, '')}, or leave --rerun out`,
  )
}
