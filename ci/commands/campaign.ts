import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type CampaignReport, type CampaignRun, campaign } from '../../chaos/campaign.ts'
import { realClock } from '../../chaos/kernel/clock.ts'
import { parseDurationMs } from '../../chaos/kernel/duration.ts'
import { HarnessError, refuseProblems } from '../../chaos/kernel/errors.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import { playChoices } from '../play/player.ts'
import { type RunChoices, replayLineOf, runChoices } from '../play/run-choices.ts'
import type { AddCommand, CommandIo } from './command.ts'

/** `seawall campaign`: run after run, each with the faults of another seed, until the seeds or the time are over. */
export const addCampaignCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('campaign')
    .argument('[experiment]', 'whose load to play', 'spike')
    .description('walk through seeds, a run each with faults drawn from it, and keep the runs that fail')
    .option('--seeds <number>', 'how many at the most', '20')
    .option('--from <number>', 'the first seed', '1')
    .option('--for <time>', 'no run is begun after this time', '30m')
    .option('--pair', 'two faults a run, at once, in place of a swarm')
    .option('--own', "play the experiment's own faults, with what each seed decides of them")
    .option('--mutant <id>', 'play the service with one seeded bug')
    .option('--base <rate>', "base rate of the spike's load, arrivals a second")
    .option('--peak <rate>', "peak rate of the spike's load, arrivals a second")
    .option('--hold <time>', "how long the spike's peak lasts")
    .option('--json', 'print what became of each run as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records go', resolve(import.meta.dirname, '../../reports'))
    .action((experiment: string, words: Record<string, unknown>) => run(experiment, words, io))
}

async function run(experiment: string, words: Record<string, unknown>, io: CommandIo): Promise<void> {
  const { count, from, forMs } = boundsOf(words)
  const tell = words.json === true ? io.err : io.out
  const choicesOf = (seed: string): RunChoices =>
    runChoices(experiment, {
      ...words,
      system: 'orders',
      seed,
      swarm: words.own !== true && words.pair !== true,
    })
  const report = await campaign({
    seeds: Array.from({ length: count }, (_, at) => `${from + at}`),
    forMs,
    clock: realClock,
    signal: io.signal,
    async runOnce(seed) {
      const { record, folder } = await playChoices(choicesOf(seed), io, io.err)
      return {
        verdict: record.verdict ?? 'unknown',
        folder,
        sentence: record.sentence ?? 'it has no verdict',
      }
    },
    tell: (one) => tell(lineOf(one)),
  })
  if (words.json === true) io.out(JSON.stringify(report))
  else io.out(closing(report, (seed) => replayLineOf(choicesOf(seed))))
  io.exit(exitCodeOf(report))
  if (report.endedBy === 'interrupt') throw interrupted(report)
}

function boundsOf(words: Record<string, unknown>): { count: number; from: number; forMs: number } {
  const problems: string[] = []
  const count = wholeNumber('--seeds', String(words.seeds), { min: 1, max: 100_000 }, problems)
  const from = wholeNumber('--from', String(words.from), { min: 0, max: 1_000_000_000 }, problems)
  const forMs = parseDurationMs(String(words.for))
  if (forMs === undefined) problems.push(`--for must be a time such as 30m or 2h, got "${words.for}"`)
  refuseProblems(
    'the command line',
    problems,
    'for example: npm run seawall -- campaign --seeds 50 --for 30m',
  )
  return { count, from, forMs: forMs ?? 0 }
}

function lineOf({ seed, verdict, sentence, folder }: CampaignRun): string {
  return `seed ${seed}: ${verdict}: ${sentence}${verdict === 'pass' ? '' : ` (${folder})`}`
}

function closing(
  { runs, failed, unknown, endedBy }: CampaignReport,
  replayLine: (seed: string) => string,
): string {
  const why = { seeds: 'all seeds were played', time: 'the time was over', interrupt: 'it was interrupted' }[
    endedBy
  ]
  const head = `${runs.length} runs, ${failed.length} failed, ${unknown.length} proved nothing; ${why}`
  return [head, ...failed.map(({ seed }) => `  replay: ${replayLine(seed)}`)].join('\n')
}

function exitCodeOf({ runs, failed, unknown }: CampaignReport) {
  if (failed.length > 0) return exitCodes.fail.code
  return runs.length === 0 || unknown.length > 0 ? exitCodes.unknown.code : exitCodes.pass.code
}

function interrupted({ runs }: CampaignReport): HarnessError {
  return new HarnessError(
    'HARNESS_INTERRUPTED',
    `the campaign was interrupted after ${runs.length} runs; each has its record, and its faults were healed`,
    'go on with `--from` the next seed',
  )
}
