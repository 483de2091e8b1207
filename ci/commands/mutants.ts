import type { Command } from 'commander'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { serviceProgram } from '../../scenarios/simulation/service-program.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'
import { triggers } from '../../scenarios/simulation/triggers/list.ts'
import { honestRoot, mutantsOf, readMutants } from '../mutants/list.ts'
import { type ControlRow, controlRow, type MutantRow, mutantRow } from '../mutants/matrix.ts'
import {
  brokenControls,
  closingLines,
  controlLine,
  type Matrix,
  mutantLine,
  survivors,
} from '../mutants/matrix-in-words.ts'
import type { Mutant } from '../mutants/mutant.ts'
import { type NotYet, notYet } from '../mutants/not-yet.ts'
import { triggerOf } from '../mutants/trigger-of.ts'
import { mutantProgram } from '../mutants/try-mutant.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import type { AddCommand, CommandIo } from './command.ts'

interface MutantsOptions {
  readonly only?: string
  readonly seeds: string
  readonly json?: boolean
  readonly list?: boolean
}

/** `seawall mutants`: are all seeded bugs seen, and the honest service never accused? */
export const addMutantsCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('mutants')
    .description('play the service with one seeded bug after another, and see whether each is caught')
    .option('--only <ids>', 'ids with commas between: M01,M28')
    .option('--seeds <number>', 'how many runs each', '20')
    .option('--list', 'say what each mutant does, and play nothing')
    .option('--json', 'print the matrix as JSON, and nothing else, on standard output')
    .action((options: MutantsOptions) => mutants(options, io))
}

async function mutants(options: MutantsOptions, io: CommandIo): Promise<void> {
  const problems: string[] = []
  const seedCount = wholeNumber('--seeds', options.seeds, { min: 1, max: 100_000 }, problems)
  refuseProblems('seawall mutants', problems, 'for example: npm run seawall mutants -- --only M28 --seeds 20')
  const chosen = options.only === undefined ? await readMutants() : await mutantsOf(options.only.split(','))
  if (options.list) {
    for (const mutant of chosen) io.out(aboutMutant(mutant))
    return
  }
  const matrix = await play(chosen, seedCount, options.json ? io.err : io.out, io.signal)
  if (options.json) io.out(JSON.stringify(matrix))
  else for (const line of closingLines(matrix)) io.out(line)
  const isGood = survivors(matrix).length === 0 && brokenControls(matrix).length === 0
  io.exit(isGood ? 0 : 1)
}

async function play(
  chosen: readonly Mutant[],
  seedCount: number,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<Matrix> {
  const seeds = Array.from({ length: seedCount }, (_, at) => String(at + 1))
  const startedMs = performance.now()
  const rows: MutantRow[] = []
  for (const mutant of chosen.filter(({ simulation }) => simulation !== undefined)) {
    signal.throwIfAborted()
    const trigger = triggerOf(mutant)
    const row = await mutantRow(mutant, await mutantProgram(mutant), trigger, seeds)
    rows.push(row)
    tell(mutantLine(row))
  }
  const control = await playControls(triggersFor(chosen), seeds, tell, signal)
  const runs = (rows.length + control.length) * seedCount
  return {
    format: 'seawall-mutants',
    version: 1,
    seeds: seedCount,
    mutants: rows,
    control,
    notYet: [...chosen.filter(({ simulation }) => simulation === undefined).map(onContainers), ...notYet],
    experimentsPerHour: (runs * 3_600_000) / (performance.now() - startedMs),
  }
}

async function playControls(
  under: readonly Trigger[],
  seeds: readonly string[],
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<ControlRow[]> {
  const honest = await serviceProgram(honestRoot)
  const rows: ControlRow[] = []
  for (const trigger of under) {
    signal.throwIfAborted()
    const row = await controlRow(honest, trigger, seeds)
    rows.push(row)
    tell(controlLine(row))
  }
  return rows
}

function triggersFor(chosen: readonly Mutant[]): readonly Trigger[] {
  const names = new Set(chosen.map(({ simulation }) => simulation))
  return triggers.filter(({ name }) => names.has(name))
}

function onContainers({ id, title }: Mutant): NotYet {
  return { id, title, waitsFor: `containers: npm run spike -- --mutant ${id}` }
}

function aboutMutant({ id, title, standsFor, trigger, caughtAs }: Mutant): string {
  return `${id}  ${title}\n     stands for: ${standsFor}\n     trigger: ${trigger}\n     caught as: ${caughtAs}`
}
