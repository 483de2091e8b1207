import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { realClock } from '../../chaos/kernel/clock.ts'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { exitCodeOf } from '../../chaos/kernel/exit-code.ts'
import { type Verdict, verdicts, worstVerdict } from '../../chaos/kernel/verdict.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'
import { triggers } from '../../scenarios/simulation/triggers/list.ts'
import { mutantsOf } from '../mutants/list.ts'
import type { Mutant } from '../mutants/mutant.ts'
import { RunsSoFar } from '../mutants/runs-so-far.ts'
import { triggerNamed, triggerOf } from '../mutants/trigger-of.ts'
import { judgeSimulated, playProgram, programOf } from '../mutants/try-mutant.ts'
import { reasonsOf, triggerAt } from '../mutants/try-seeds.ts'
import { trySeedsInParallel } from '../mutants/try-seeds-in-parallel.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import type { AddCommand, CommandIo } from './command.ts'

interface SimulateOptions {
  readonly seeds: string
  readonly from: string
  readonly threads: string
  readonly seed?: string
  readonly mutant?: string
  readonly trigger?: string
  readonly history?: string
  readonly json?: boolean
}

interface Asked {
  readonly mutant: Mutant | undefined
  readonly under: readonly Trigger[]
}

/** `seawall simulate`: whole runs in virtual time, thousands an hour and core; each seed can be played again. */
export const addSimulateCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('simulate')
    .description('play runs of the service in one process, in virtual time')
    .option('--seeds <number>', 'how many runs; they go through all triggers in turn', '100')
    .option('--from <number>', 'the first seed', '1')
    .option('--threads <number>', 'how many at a time; one a core if left out', `${availableParallelism()}`)
    .option('--seed <text>', 'play this one seed, and print everything that happened')
    .option('--mutant <id>', 'the service with one seeded bug, under its own trigger')
    .option('--trigger <name>', 'load and faults; all of them if left out')
    .option('--history <file>', 'with --seed: write the history there, for `seawall check`')
    .option('--json', 'print the verdicts as JSON, and nothing else, on standard output')
    .action((options: SimulateOptions) =>
      run(options, options.json ? { ...io, out: io.err } : io, options.json ? io.out : () => {}),
    )
}

/** With `--json`, `io.out` is standard error and the whole goes to `json`; without it, nothing goes there. */
async function run(options: SimulateOptions, io: CommandIo, json: CommandIo['out']): Promise<void> {
  const problems: string[] = []
  const seeds = wholeNumber('--seeds', options.seeds, { min: 1, max: 10_000_000 }, problems)
  const from = wholeNumber('--from', options.from, { min: 0, max: 1_000_000_000 }, problems)
  const threads = wholeNumber('--threads', options.threads, { min: 1, max: 256 }, problems)
  if (options.history !== undefined && options.seed === undefined) problems.push('--history needs --seed')
  refuseProblems('seawall simulate', problems, 'for example: npm run simulate -- --seeds 1000')
  const asked = await whatIsAsked(options)
  const ended =
    options.seed === undefined
      ? await playMany(asked, { seeds, from, threads }, io)
      : [await playOne(asked, options.seed, options.history, io)]
  const counts = countsOf(ended)
  json(
    JSON.stringify({
      runs: ended.length,
      ...counts,
      notPassed: ended.filter(({ verdict }) => verdict !== 'pass'),
    }),
  )
  io.exit(exitCodeOf(worstVerdict(ended.map(({ verdict }) => verdict))))
}

async function whatIsAsked({ mutant: id, trigger }: SimulateOptions): Promise<Asked> {
  const [mutant] = id === undefined ? [] : await mutantsOf([id])
  const own = mutant === undefined ? triggers : [triggerOf(mutant)]
  return { mutant, under: trigger === undefined ? own : [triggerNamed(trigger)] }
}

async function playMany(
  { mutant, under }: Asked,
  { seeds, from, threads }: { seeds: number; from: number; threads: number },
  io: CommandIo,
): Promise<readonly Ended[]> {
  const soFar = new RunsSoFar({ runs: seeds, kinds: verdicts, clock: realClock, out: io.err })
  const all: Ended[] = []
  const asked = {
    ...(mutant === undefined ? {} : { mutant: mutant.id }),
    triggers: under.map(({ name }) => name),
    seeds: Array.from({ length: seeds }, (_, at) => String(from + at)),
  }
  await trySeedsInParallel([asked], {
    threadsMax: threads,
    signal: io.signal,
    tell({ outcome, trigger, seed }) {
      const ended = { verdict: outcome.verdict, reasons: reasonsOf(outcome), trigger, seed }
      all.push(ended)
      if (ended.verdict !== 'pass') io.out(endedInWords(ended, mutant))
      soFar.see(ended.verdict)
    },
  })
  io.out(`${seeds} runs: ${soFar.counts()}; ${soFar.perHour()}`)
  return all
}

/** How one run ended. */
interface Ended {
  readonly verdict: Verdict
  /** Of everything that is not pass. */
  readonly reasons: readonly string[]
  readonly trigger: string
  readonly seed: string
}

function countsOf(ended: readonly Ended[]): Readonly<Record<Verdict, number>> {
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, unknown: 0 }
  for (const { verdict } of ended) counts[verdict] += 1
  return counts
}

function endedInWords({ verdict, reasons, trigger, seed }: Ended, mutant: Mutant | undefined): string {
  const flags = mutant === undefined ? '' : ` --mutant ${mutant.id}`
  const replay = `npm run simulate --${flags} --trigger ${trigger} --seed ${seed}`
  return `${verdict}  ${reasons.join('; ')}\n      replay: ${replay}`
}

/** Everything that happened, in order: what the parts logged, and the history between their lines. */
async function playOne(
  { mutant, under }: Asked,
  seed: string,
  historyFile: string | undefined,
  io: CommandIo,
): Promise<Ended> {
  const trigger = triggerAt(under, seed)
  const simulated = await playProgram(await programOf(mutant?.id), trigger, seed, io.out)
  if (historyFile !== undefined) {
    await writeFile(historyFile, simulated.history.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
  const { outcome } = judgeSimulated(simulated, trigger)
  const { verdict } = outcome
  const ended = { verdict, reasons: reasonsOf(outcome), trigger: trigger.name, seed }
  io.out(endedInWords(ended, mutant))
  return ended
}
