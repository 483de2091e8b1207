import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { type ExitCode, exitCodes } from '../../chaos/kernel/exit-code.ts'
import { keepMatrix } from '../../reports/keep-matrix.ts'
import { triggersOf } from '../mutants/container-matrix.ts'
import { mutantsOf, readMutants } from '../mutants/list.ts'
import { brokenControls, closingLines, type Matrix, survivors } from '../mutants/matrix-in-words.ts'
import type { Mutant } from '../mutants/mutant.ts'
import { containerTriggerOf, estimateOf } from '../mutants/on-containers.ts'
import { onContainers, playOnContainers } from '../mutants/play-on-containers.ts'
import { shownInWords, shownWhere } from '../mutants/shown-where.ts'
import { simulatedMatrix } from '../mutants/simulated-matrix.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import type { AddCommand, CommandIo } from './command.ts'

interface MutantsOptions {
  readonly only?: string
  readonly seeds?: string
  readonly seed?: string
  readonly threads: string
  readonly containers?: boolean
  readonly reports: string
  readonly json?: boolean
  readonly list?: boolean
}

/** In one process a run takes a tenth of a second, on containers three quarters of a minute. */
const seedsByDefault = { simulation: '20', containers: '1' } as const

/** `seawall mutants`: are all seeded bugs seen, and the honest service never accused? */
export const addMutantsCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('mutants')
    .description('play the service with one seeded bug after another, and see whether each is caught')
    .option('--only <ids>', 'ids with commas between: M01,M28')
    .option('--containers', 'on real parts instead of in simulation; they come up once for all')
    .option('--seeds <number>', 'how many runs each; 20 in simulation, 1 on containers if left out')
    .option('--seed <text>', 'one run each, with this seed')
    .option(
      '--threads <number>',
      'in simulation, how many at a time; one a core if left out',
      `${availableParallelism()}`,
    )
    .option('--list', 'say what each mutant does and where it shows, and play nothing')
    .option('--reports <folder>', 'where run records go', resolve(import.meta.dirname, '../../reports'))
    .option('--json', 'print the matrix as JSON, and nothing else, on standard output')
    .action((options: MutantsOptions) => mutants(options, io))
}

async function mutants(options: MutantsOptions, io: CommandIo): Promise<void> {
  const { seeds, threads } = numbersOf(options)
  const chosen = options.only === undefined ? await readMutants() : await mutantsOf(options.only.split(','))
  if (options.list) return list(chosen, options, io)
  const tell = options.json ? io.err : io.out
  const matrix = options.containers
    ? await playReal(chosen, seeds, options, io)
    : await simulatedMatrix(chosen, { seeds, threadsMax: threads, signal: io.signal, tell, progress: io.err })
  if (options.json) io.out(JSON.stringify(matrix))
  else for (const line of closingLines(matrix)) io.out(line)
  if (options.only === undefined) tell(`page: ${await keepMatrix(options.reports, matrix)}`)
  io.exit(exitCodeOf(matrix))
}

/** 1 where a mutant survives or the honest service is accused, or where nobody could say. */
function exitCodeOf(matrix: Matrix): ExitCode {
  const isGood = survivors(matrix).length === 0 && brokenControls(matrix).length === 0
  return isGood ? exitCodes.pass.code : exitCodes.fail.code
}

function numbersOf(options: MutantsOptions): { readonly seeds: readonly string[]; readonly threads: number } {
  const { seed, seeds, containers } = options
  const both = seed !== undefined && seeds !== undefined
  const problems = both ? ['--seed and --seeds exclude each other'] : []
  const text = seeds ?? seedsByDefault[containers ? 'containers' : 'simulation']
  const count = wholeNumber('--seeds', text, { min: 1, max: 100_000 }, problems)
  const threads = wholeNumber('--threads', options.threads, { min: 1, max: 256 }, problems)
  refuseProblems('seawall mutants', problems, 'for example: npm run seawall mutants -- --only M28 --seeds 20')
  const many = Array.from({ length: count }, (_, at) => String(at + 1))
  return { seeds: seed === undefined ? many : [seed], threads }
}

function list(chosen: readonly Mutant[], { only, json }: MutantsOptions, io: CommandIo): void {
  const shown = shownWhere(chosen).filter(
    ({ id }) => only === undefined || chosen.some((one) => one.id === id),
  )
  if (json) {
    io.out(JSON.stringify(shown))
    return
  }
  for (const each of shown) {
    const mutant = chosen.find(({ id }) => id === each.id)
    io.out(`${each.id}  ${each.title}\n     ${shownInWords(each)}`)
    if (mutant !== undefined) io.out(aboutMutant(mutant))
  }
}

function playReal(
  chosen: readonly Mutant[],
  seeds: readonly string[],
  options: MutantsOptions,
  io: CommandIo,
): Promise<Matrix> {
  const tell = options.json ? io.err : io.out
  const there = onContainers(chosen, ({ id }) => io.err(`${id} shows in simulation only`))
  const under = [...there.map(containerTriggerOf), ...triggersOf(there)]
  tell(
    `${there.length} mutants and ${triggersOf(there).length} controls, ${seeds.length} time(s) each: about ` +
      estimateOf(seeds.flatMap(() => under)),
  )
  return playOnContainers(there, {
    seeds,
    reportsRoot: resolve(options.reports),
    env: io.env,
    signal: io.signal,
    tell,
    progress: io.err,
  })
}

function aboutMutant({ standsFor, trigger, caughtAs, containers }: Mutant): string {
  const there = containers?.caughtAs === undefined ? '' : `; on containers as ${containers.caughtAs}`
  return `     stands for: ${standsFor}\n     trigger: ${trigger}\n     caught as: ${caughtAs}${there}`
}
