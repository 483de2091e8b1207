import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { JudgeOutcome } from '../../chaos/checkers/judge.ts'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { exitCodeOf } from '../../chaos/kernel/exit-code.ts'
import { type Verdict, verdicts, worstVerdict } from '../../chaos/kernel/verdict.ts'
import { serviceProgram } from '../../scenarios/simulation/service-program.ts'
import { simulate } from '../../scenarios/simulation/simulate.ts'
import type { Program } from '../../scenarios/simulation/simulated-process.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'
import { triggers } from '../../scenarios/simulation/triggers/list.ts'
import { honestRoot, mutantsOf } from '../mutants/list.ts'
import { triggerNamed, triggerOf } from '../mutants/trigger-of.ts'
import { judgeSimulated, mutantProgram, tryProgram } from '../mutants/try-mutant.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import type { AddCommand, CommandIo } from './command.ts'

interface SimulateOptions {
  readonly seeds: string
  readonly from: string
  readonly seed?: string
  readonly mutant?: string
  readonly trigger?: string
  readonly history?: string
}

interface Asked {
  readonly program: Program
  readonly under: readonly Trigger[]
  readonly replay: (trigger: string, seed: string) => string
}

/** `seawall simulate`: whole runs in this process, in virtual time, thousands an hour; each seed can be played again. */
export const addSimulateCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('simulate')
    .description('play runs of the service in one process, in virtual time')
    .option('--seeds <number>', 'how many runs; they go through all triggers in turn', '100')
    .option('--from <number>', 'the first seed', '1')
    .option('--seed <text>', 'play this one seed, and print everything that happened')
    .option('--mutant <id>', 'the service with one seeded bug, under its own trigger')
    .option('--trigger <name>', 'load and faults; all of them if left out')
    .option('--history <file>', 'with --seed: write the history there, for `seawall check`')
    .action((options: SimulateOptions) => run(options, io))
}

async function run(options: SimulateOptions, io: CommandIo): Promise<void> {
  const problems: string[] = []
  const seeds = wholeNumber('--seeds', options.seeds, { min: 1, max: 10_000_000 }, problems)
  const from = wholeNumber('--from', options.from, { min: 0, max: 1_000_000_000 }, problems)
  if (options.history !== undefined && options.seed === undefined) problems.push('--history needs --seed')
  refuseProblems('seawall simulate', problems, 'for example: npm run simulate -- --seeds 1000')
  const asked = await whatIsAsked(options)
  if (options.seed === undefined) await playMany(asked, { seeds, from }, io)
  else await playOne(asked, options.seed, options.history, io)
}

async function whatIsAsked({ mutant: id, trigger }: SimulateOptions): Promise<Asked> {
  const [mutant] = id === undefined ? [] : await mutantsOf([id])
  const named = trigger === undefined ? undefined : triggerNamed(trigger)
  const own = mutant === undefined ? triggers : [triggerOf(mutant)]
  const flags = id === undefined ? '' : ` --mutant ${id}`
  return {
    program: mutant === undefined ? await serviceProgram(honestRoot) : await mutantProgram(mutant),
    under: named === undefined ? own : [named],
    replay: (name, seed) => `npm run simulate --${flags} --trigger ${name} --seed ${seed}`,
  }
}

async function playMany(
  { program, under, replay }: Asked,
  { seeds, from }: { seeds: number; from: number },
  io: CommandIo,
): Promise<void> {
  const startedMs = performance.now()
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, unknown: 0 }
  for (let seed = from; seed < from + seeds; seed += 1) {
    io.signal.throwIfAborted()
    const trigger = under[seed % under.length] as Trigger
    const one = await tryProgram(program, trigger, String(seed))
    counts[one.outcome.verdict] += 1
    if (one.outcome.verdict !== 'pass') io.out(whatFailed(one.outcome, replay(trigger.name, String(seed))))
  }
  const perHour = Math.round((seeds * 3_600_000) / (performance.now() - startedMs))
  io.out(
    `${seeds} runs: ${verdicts.map((verdict) => `${counts[verdict]} ${verdict}`).join(', ')}; ` +
      `${perHour.toLocaleString('en')} an hour`,
  )
  io.exit(exitCodeOf(worstVerdict(verdicts.filter((verdict) => counts[verdict] > 0))))
}

function whatFailed(outcome: JudgeOutcome, replay: string): string {
  const reasons = outcome.promises.filter(({ verdict }) => verdict !== 'pass').flatMap((one) => one.reasons)
  const said = [...new Set([...outcome.result.reasons, ...reasons])].join('; ')
  return `${outcome.verdict}  ${said}\n      replay: ${replay}`
}

/** Everything that happened, in order: what the parts logged, and the history between their lines. */
async function playOne(
  { program, under, replay }: Asked,
  seed: string,
  historyFile: string | undefined,
  io: CommandIo,
): Promise<void> {
  const trigger = under[/^\d+$/.test(seed) ? Number(seed) % under.length : 0] as Trigger
  const simulated = await simulate({ seed, program, trigger, log: io.out })
  if (historyFile !== undefined) {
    await writeFile(historyFile, simulated.history.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
  const { outcome } = judgeSimulated(simulated, trigger)
  io.out(whatFailed(outcome, replay(trigger.name, seed)))
  io.exit(exitCodeOf(outcome.verdict))
}
