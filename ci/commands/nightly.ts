import { resolve } from 'node:path'
import { formatDuration } from '../../chaos/kernel/duration.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { type Verdict, worstVerdict } from '../../chaos/kernel/verdict.ts'
import { experimentOf } from '../../scenarios/experiments/list.ts'
import { containerMutants, containerTriggerOf, tryOnContainers } from '../mutants/on-containers.ts'
import { playChoices } from '../play/player.ts'
import { runChoices } from '../play/run-choices.ts'
import { freshSeed } from '../play/seed.ts'
import { prepare } from '../setup/bring-up.ts'
import { experimentsOf } from '../tiers.ts'
import type { AddCommand, CommandIo } from './command.ts'

const root = resolve(import.meta.dirname, '../..')

interface NightlyOptions {
  readonly tier: string
  readonly seed?: string
  readonly mutants: boolean
  readonly reports: string
}

/** `seawall nightly`: every experiment of a tier, then the seeded bugs on real parts, one line each. */
export const addNightlyCommand: AddCommand = (program, io) => {
  program
    .command('nightly')
    .description('play every experiment and every seeded bug on containers; says first how long that takes')
    .option('--tier <name>', 'smoke, change, release or nightly', 'nightly')
    .option('--seed <text>', 'one seed for all; drawn and printed if left out')
    .option('--no-mutants', 'leave the seeded bugs out')
    .option('--reports <folder>', 'where run records go', resolve(root, 'reports'))
    .action((options: NightlyOptions) => nightly(options, io))
}

/** Starting, draining, reading and removing: 25 to 40 s on two cores. */
const besideTheLoadMs = 35_000

async function nightly(
  { tier, seed = freshSeed(), mutants, reports }: NightlyOptions,
  io: CommandIo,
): Promise<void> {
  const names = experimentsOf(tier)
  const ids = mutants ? await containerMutants() : []
  const loadsMs = [...names.map(experimentOf), ...ids.map(containerTriggerOf)].map(
    ({ load }) => load.durationMs,
  )
  const totalMs = loadsMs.reduce((sum, each) => sum + each + besideTheLoadMs, 0)
  io.out(
    `${names.length} experiments and ${ids.length} mutants with seed ${seed}: about ${formatDuration(totalMs)}`,
  )
  const verdicts: Verdict[] = []
  for (const name of names) verdicts.push(await playOne(name, seed, reports, io))
  for (const id of ids) verdicts.push(await tryOne(id, seed, reports, io))
  const worst = worstVerdict(verdicts)
  io.out(
    `${verdicts.filter((each) => each === 'pass').length} of ${verdicts.length} as they should be: ${worst}`,
  )
  io.exit(io.signal.aborted ? exitCodes.interrupted.code : exitCodes[worst].code)
}

async function playOne(name: string, seed: string, reports: string, io: CommandIo): Promise<Verdict> {
  io.signal.throwIfAborted()
  const { record, folder } = await playChoices(
    runChoices(name, { seed, system: 'orders', reports }),
    io,
    () => {},
  )
  io.out(`${(record.verdict ?? 'unknown').padEnd(8)} ${name}: ${record.sentence} ${folder}`)
  return record.verdict ?? 'unknown'
}

/** A mutant is as it should be when it is caught for what it is. */
async function tryOne(id: string, seed: string, reportsRoot: string, io: CommandIo): Promise<Verdict> {
  io.signal.throwIfAborted()
  const { images } = await prepare({ out: io.err, env: io.env, signal: io.signal })
  const trial = await tryOnContainers(id, {
    images,
    seed,
    reportsRoot,
    signal: io.signal,
    progress: () => {},
  })
  const reported = trial.reported.join(', ') || 'nothing'
  io.out(
    `${trial.isCaught ? 'caught  ' : 'SURVIVED'} ${id} as ${trial.caughtAs}; reported: ${reported} ${trial.played.folder}`,
  )
  return trial.isCaught ? 'pass' : 'fail'
}
