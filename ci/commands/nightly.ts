import { resolve } from 'node:path'
import { formatDuration } from '../../chaos/kernel/duration.ts'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { type Verdict, worstVerdict } from '../../chaos/kernel/verdict.ts'
import { keepMatrix } from '../../reports/keep-matrix.ts'
import { experimentOf } from '../../scenarios/experiments/list.ts'
import { triggersOf } from '../mutants/container-matrix.ts'
import { brokenControls, closingLines, type Matrix, survivors } from '../mutants/matrix-in-words.ts'
import {
  type ContainerMutant,
  containerMutants,
  containerTriggerOf,
  estimateMs,
} from '../mutants/on-containers.ts'
import { playOnContainers } from '../mutants/play-on-containers.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import { playChoices } from '../play/player.ts'
import { runChoices } from '../play/run-choices.ts'
import { freshSeed } from '../play/seed.ts'
import { experimentsOf } from '../tiers.ts'
import type { AddCommand, CommandIo } from './command.ts'

const root = resolve(import.meta.dirname, '../..')

interface NightlyOptions {
  readonly tier: string
  readonly seed?: string
  readonly mutants: boolean
  readonly pairs: string
  readonly reports: string
  readonly json?: boolean
}

/** `seawall nightly`: every experiment of a tier, then the seeded bugs on real parts, one line each. */
export const addNightlyCommand: AddCommand = (program, io) => {
  program
    .command('nightly')
    .description('play every experiment and every seeded bug on containers; says first how long that takes')
    .option('--tier <name>', 'smoke, change, release or nightly', 'nightly')
    .option('--seed <text>', 'one seed for all; drawn and printed if left out')
    .option(
      '--pairs <number>',
      'so many pairs of faults that meet, drawn from the seed, beside the rest',
      '3',
    )
    .option('--no-mutants', 'leave the seeded bugs out')
    .option('--reports <folder>', 'where run records go', resolve(root, 'reports'))
    .option('--json', 'print what became of each as JSON, and nothing else, on standard output')
    .action((options: NightlyOptions) => nightly(options, options.json ? { ...io, out: io.err } : io, io.out))
}

/** Whose load pairs are played under: that of every event. */
const pairsLoad = 'worker-killed'

/** Starting, draining, reading and removing: 25 to 40 s on two cores. */
const besideTheLoadMs = 35_000

/** What it tells goes to `io.out`; with `--json` that is standard error, and the whole goes to `json`. */
async function nightly(options: NightlyOptions, io: CommandIo, json: CommandIo['out']): Promise<void> {
  const { tier, seed = freshSeed(), reports } = options
  const names = experimentsOf(tier)
  const problems: string[] = []
  const pairs = wholeNumber('--pairs', options.pairs, { min: 0, max: 1_000 }, problems)
  refuseProblems('the command line', problems, 'for example: npm run nightly -- --pairs 5')
  const mutants = options.mutants ? await containerMutants() : []
  const experimentsMs = [...names, ...Array<string>(pairs).fill(pairsLoad)]
    .map(experimentOf)
    .reduce((sum, { load }) => sum + load.durationMs + besideTheLoadMs, 0)
  const mutantsMs =
    mutants.length === 0 ? 0 : estimateMs([...mutants.map(containerTriggerOf), ...triggersOf(mutants)])
  io.out(
    `${names.length} experiments and ${pairs} pairs of faults (about ${formatDuration(experimentsMs)}) and ${mutants.length} mutants with their ` +
      `controls (about ${formatDuration(mutantsMs)}), with seed ${seed}`,
  )
  const runs: PlayedExperiment[] = []
  for (const name of names) runs.push(await playOne(name, { seed, reports }, io))
  for (let at = 1; at <= pairs; at += 1) {
    runs.push(await playOne(pairsLoad, { seed: `${seed}-pair-${at}`, reports, pair: true }, io))
  }
  const matrix = mutants.length === 0 ? undefined : await playMutants(mutants, seed, reports, io)
  const verdicts = [
    ...runs.map(({ verdict }) => verdict),
    ...(matrix === undefined ? [] : verdictsOf(matrix)),
  ]
  const worst = worstVerdict(verdicts)
  io.out(
    `${verdicts.filter((each) => each === 'pass').length} of ${verdicts.length} as they should be: ${worst}`,
  )
  if (options.json) json(JSON.stringify({ verdict: worst, seed, runs, matrix }))
  io.exit(io.signal.aborted ? exitCodes.interrupted.code : exitCodes[worst].code)
}

interface PlayedExperiment {
  readonly experiment: string
  readonly verdict: Verdict
  readonly sentence: string | undefined
  readonly folder: string
}

async function playOne(
  name: string,
  words: { readonly seed: string; readonly reports: string; readonly pair?: true },
  io: CommandIo,
): Promise<PlayedExperiment> {
  io.signal.throwIfAborted()
  const { record, folder } = await playChoices(runChoices(name, { ...words, system: 'orders' }), io, () => {})
  const { verdict = 'unknown', sentence } = record
  const experiment = words.pair ? `the pair of ${words.seed}` : name
  io.out(`${verdict.padEnd(8)} ${experiment}: ${sentence} ${folder}`)
  return { experiment, verdict, sentence, folder }
}

/** A mutant is as it should be when it is caught for what it is, a control when it is not accused. */
async function playMutants(
  mutants: readonly ContainerMutant[],
  seed: string,
  reports: string,
  io: CommandIo,
): Promise<Matrix> {
  const matrix = await playOnContainers(mutants, {
    seeds: [seed],
    reportsRoot: resolve(reports),
    env: io.env,
    signal: io.signal,
    tell: io.out,
    progress: io.err,
  })
  for (const line of closingLines(matrix)) io.out(line)
  io.out(`page: ${await keepMatrix(reports, matrix)}`)
  return matrix
}

function verdictsOf(matrix: Matrix): readonly Verdict[] {
  const [survived, broken] = [survivors(matrix), brokenControls(matrix)]
  return [
    ...matrix.mutants.map((row) => (survived.includes(row) ? 'fail' : 'pass')),
    ...matrix.control.map((row) => (row.accused > 0 ? 'fail' : broken.includes(row) ? 'unknown' : 'pass')),
  ]
}
