import { resolve } from 'node:path'
import type { Command } from 'commander'
import { HarnessError, refuseProblems } from '../../chaos/kernel/errors.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { findRun } from '../../reports/find-run.ts'
import { readRecord } from '../../reports/read-record.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { serviceProgram } from '../../scenarios/simulation/service-program.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'
import { honestRoot, mutantsOf } from '../mutants/list.ts'
import { mutantProgram, tryProgram } from '../mutants/try-mutant.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import { playChoices } from '../play/player.ts'
import { recordedChoices } from '../play/recorded-choices.ts'
import { regressionFile } from '../play/regression-file.ts'
import { experimentFor, type RunChoices, replayLineOf } from '../play/run-choices.ts'
import { failureOf, showsFailure } from '../play/same-failure.ts'
import { type Fails, type ShrinkReport, shrinkRun } from '../play/shrink-run.ts'
import { simulatedSchedule } from '../play/simulated-schedule.ts'
import type { AddCommand, CommandIo } from './command.ts'

/** `seawall shrink [RUN]`: the fewest faults of a failed run that still break what it broke. */
export const addShrinkCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('shrink')
    .argument('[run]', "a run's folder or id, or an experiment's name for its latest run")
    .description('find the fewest faults of a failed run that still break what it broke')
    .option('--tries <number>', 'runs that must not fail before a subset is given up', '2')
    .option('--runs <number>', 'runs on containers at the most', '15')
    .option('--json', 'print the result as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records are', resolve(import.meta.dirname, '../../reports'))
    .action((run: string | undefined, words: Record<string, unknown>) => shrinkCommand(run, words, io))
}

async function shrinkCommand(
  run: string | undefined,
  words: Record<string, unknown>,
  io: CommandIo,
): Promise<void> {
  const problems: string[] = []
  const tries = wholeNumber('--tries', String(words.tries), { min: 1, max: 100 }, problems)
  const runsMax = wholeNumber('--runs', String(words.runs), { min: 1, max: 10_000 }, problems)
  refuseProblems('the command line', problems, 'for example: npm run seawall -- shrink spike --tries 3')
  const reports = String(words.reports)
  const record = await readRecord(await findRun(reports, run))
  if (record.verdict !== 'fail') throw nothingToShrink(record)
  const choices = recordedChoices(record, reports)
  const faults = choices.schedule ?? []
  const failure = failureOf(record)
  const tell = words.json === true ? io.err : io.out
  const report = await shrinkRun({
    faults,
    tries,
    runsMax,
    tell,
    failsSimulated: await simulation(choices, failure),
    async failsOnce(subset) {
      io.signal.throwIfAborted()
      const { record: again } = await playChoices({ ...choices, schedule: subset }, io, io.err)
      tell(`${subset.length} faults: ${again.verdict}: ${again.sentence}`)
      return showsFailure(failure, again)
    },
  })
  if (words.json === true) io.out(JSON.stringify(report ?? null))
  else
    io.out(report === undefined ? 'the recorded faults did not fail again' : inWords(report, choices, record))
  if (report === undefined) io.exit(exitCodes.unknown.code)
}

/** Few orders first: a run of them takes seconds. What shows only under pressure needs many. */
const ordersTried = [1_000, 5_000]

/** The least load under which the whole schedule fails in the simulation; undefined where none does, or it cannot be. */
async function simulation(choices: RunChoices, failure: ReadonlySet<string>): Promise<Fails | undefined> {
  const { load } = experimentFor(choices)
  const whole = choices.schedule ?? []
  if (choices.system !== 'orders' || simulatedSchedule(load, whole) === undefined) return undefined
  const [mutant] = choices.mutant === undefined ? [] : await mutantsOf([choices.mutant])
  const program = await (mutant === undefined ? serviceProgram(honestRoot) : mutantProgram(mutant))
  for (const ordersMax of ordersTried) {
    const fails = underLoad(ordersMax)
    if (await fails(whole)) return fails
  }
  return undefined

  /** Two seeds a subset, what failed last first: what depends on how a race ends may show in one of them only. */
  function underLoad(ordersMax: number): Fails {
    let seeds = ['1', '2']
    return async (faults) => {
      const trigger = simulatedSchedule(load, faults, ordersMax)
      for (const seed of trigger === undefined ? [] : seeds) {
        const { outcome } = await tryProgram(program, trigger as Trigger, `${choices.seed}/${seed}`)
        if (!showsFailure(failure, outcome)) continue
        seeds = [seed, ...seeds.filter((other) => other !== seed)]
        return true
      }
      return false
    }
  }
}

function inWords(report: ShrinkReport, choices: RunChoices, record: RunRecord): string {
  const { faults, runs, seen, sureness } = report
  const { runId, seed, sentence = 'it failed' } = record
  return [
    `${faults.length} of ${choices.schedule?.length ?? 0} faults still break it, seen ${seen} after ${runs} runs there`,
    sureness,
    `replay: ${replayLineOf({ ...choices, schedule: faults })}`,
    'to keep it, as a file of scenarios/experiments:',
    '',
    regressionFile(choices, faults, { runId, seed, sentence }),
  ].join('\n')
}

function nothingToShrink({ runId, verdict }: RunRecord): HarnessError {
  return new HarnessError(
    'HARNESS_RECORD_INVALID',
    `expected a run that broke a promise, but the verdict of ${runId} is ${verdict ?? 'not known'}`,
    'name a failed run: `npm run seawall -- trend` lists them',
  )
}
