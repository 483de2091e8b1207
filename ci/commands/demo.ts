import { resolve } from 'node:path'
import type { Command } from 'commander'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { renderTerminal } from '../../reports/render/terminal.ts'
import { serviceProgram } from '../../scenarios/simulation/service-program.ts'
import { demoSentence, type PlayedDemo, playDemo } from '../demo/play-demo.ts'
import { storyOf } from '../demo/story.ts'
import { honestRoot, mutantsOf } from '../mutants/list.ts'
import { mutantProgram } from '../mutants/try-mutant.ts'
import { commitOf } from '../play/commit.ts'
import { freshSeed } from '../play/seed.ts'
import type { AddCommand, CommandIo } from './command.ts'

interface DemoOptions {
  readonly seed?: string
  readonly mutant?: string
  readonly json?: boolean
  readonly reports: string
}

const root = resolve(import.meta.dirname, '../..')
// Fire and forget: the bug that everybody has written once.
const exampleMutant = 'M01'

/** `seawall demo`: the whole story in one process, for a machine without containers. */
export const addDemoCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('demo')
    .description('play the whole story in one process, without containers, in seconds')
    .option('--seed <text>', 'decides everything that is left to chance; drawn and printed if left out')
    .option('--mutant <id>', 'play the service with one seeded bug')
    .option('--json', 'print the run record as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records go', resolve(root, 'reports'))
    .action((options: DemoOptions) => demo(options, io))
}

async function demo(options: DemoOptions, io: CommandIo): Promise<void> {
  const seed = options.seed ?? freshSeed()
  const problems = /^[A-Za-z0-9_.-]{1,40}$/.test(seed)
    ? []
    : [`--seed must be 1 to 40 letters, digits, dots, dashes or underscores, got "${seed}"`]
  refuseProblems('seawall demo', problems, 'leave --seed out, and one is drawn')
  const [mutant] = options.mutant === undefined ? [] : await mutantsOf([options.mutant])
  const tell = options.json ? io.err : io.out
  tell(
    'This is the demo: the service and its clients in one process, with virtual time, and with a broker and',
  )
  tell('a store in memory. `npm run spike` asks the same question on real parts.')
  const played = await playDemo({
    program: mutant === undefined ? await serviceProgram(honestRoot) : await mutantProgram(mutant),
    seed,
    mutant: mutant?.id,
    commit: await commitOf(root),
    replay: `npm run demo -- --seed ${seed}${mutant === undefined ? '' : ` --mutant ${mutant.id}`}`,
    reportsRoot: options.reports,
  })
  if (options.json) io.out(JSON.stringify(played.record))
  else await tellStory(played, seed, mutant === undefined, io)
  io.exit(played.exitCode)
}

async function tellStory(played: PlayedDemo, seed: string, isHonest: boolean, io: CommandIo): Promise<void> {
  io.out('')
  for (const line of storyOf(played.history)) io.out(line)
  const color = io.isTerminal && io.env.NO_COLOR === undefined
  io.out(renderTerminal(played.record, { columns: io.columns, color, page: `${played.folder}/report.html` }))
  if (!isHonest) return
  const [mutant] = await mutantsOf([exampleMutant])
  if (mutant === undefined) return
  io.out(`Would it have seen a bug? The same with one that is seeded: it ${mutant.title}.`)
  io.out(`  ${mutant.id}: ${await demoSentence(await mutantProgram(mutant), seed)}`)
  io.out(`  the whole of it: npm run demo -- --seed ${seed} --mutant ${mutant.id}`)
}
