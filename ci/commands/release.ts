import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Command } from 'commander'
import { HarnessError, refuseProblems } from '../../chaos/kernel/errors.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { type ReleaseEnd, type Strategy, strategies } from '../../system-under-test/release/release.ts'
import { doorHeader, type ReleaseNews, type ReleaseOrder } from '../service/release-door.ts'
import type { CommandIo } from './command.ts'

interface ReleaseWords {
  readonly at: string
  readonly strategy: string
  readonly set: readonly string[]
  readonly source?: string
  readonly json?: boolean
}

/** `seawall service release`: a new version for a service that runs, taken back if it is worse. */
export function addReleaseCommand(service: Command, io: CommandIo): void {
  service
    .command('release')
    .description('release a new version to a running service; taken back if it is worse')
    .requiredOption('--at <url>', 'the release door, as `seawall service` printed it')
    .option('--strategy <name>', `${strategies.join(' or ')}`, 'canary')
    .option('--set <NAME=VALUE>', 'a setting of the new version; may be repeated', gather, [])
    .option('--source <folder>', "the new version's sources; those that run if left out")
    .option('--json', 'print the end as JSON, and nothing else, on standard output')
    .addHelpText('after', '\nCtrl-C takes the release back. Exit 0: released; 1: taken back; 2: stuck.')
    // `service` has a --json too, and takes it for its own wherever it stands.
    .action((_words: ReleaseWords, command: Command) => run(command.optsWithGlobals(), io))
}

function gather(word: string, words: readonly string[]): readonly string[] {
  return [...words, word]
}

async function run(words: ReleaseWords, io: CommandIo): Promise<void> {
  const end = await releaseAt(words.at, orderOf(words), io)
  io.out(words.json ? JSON.stringify(end) : inWords(end))
  if (end.kind === 'rolled back') io.exit(exitCodes.fail.code)
  if (end.kind === 'stuck') io.exit(exitCodes.unknown.code)
}

function orderOf({ at, strategy, set, source }: ReleaseWords): ReleaseOrder {
  const problems: string[] = []
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(at)) {
    problems.push(`--at must be an address such as http://127.0.0.1:20411, got "${at}"`)
  }
  if (!strategies.includes(strategy as Strategy)) {
    problems.push(`--strategy must be ${strategies.join(' or ')}, got "${strategy}"`)
  }
  const settings = set.map((word) => {
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/s.exec(word) ?? []
    if (name === undefined) problems.push(`--set must be NAME=VALUE with a name in capitals, got "${word}"`)
    return [name ?? '', value ?? ''] as const
  })
  if (set.length === 0 && source === undefined) {
    problems.push('nothing would change: say what is new with --set or --source')
  }
  refuseProblems('the release', problems, '`seawall service release --help` shows what can be given')
  return { strategy: strategy as Strategy, settings: Object.fromEntries(settings), source }
}

async function releaseAt(at: string, order: ReleaseOrder, io: CommandIo): Promise<ReleaseEnd> {
  const answer = await fetch(`${at}/release`, {
    method: 'POST',
    headers: { [doorHeader]: '1', 'content-type': 'application/json' },
    body: JSON.stringify(order),
    signal: io.signal,
  }).catch((cause: Error) => {
    throw unreachable(at, cause.message)
  })
  if (!answer.ok || answer.body === null) throw unreachable(at, `${answer.status} ${await answer.text()}`)
  const lines = createInterface({ input: Readable.fromWeb(answer.body as ReadableStream) })
  for await (const line of lines) {
    const news = JSON.parse(line) as ReleaseNews
    if ('end' in news) return news.end
    io.err(news.tell)
  }
  throw unreachable(at, 'the service ended before the release did')
}

function unreachable(at: string, why: string): HarnessError {
  return new HarnessError(
    'HARNESS_TARGET_UNREACHABLE',
    `expected a release at ${at}, got: ${why}`,
    'start the service with `npm run service`, and give its release door with --at',
  )
}

function inWords(end: ReleaseEnd): string {
  switch (end.kind) {
    case 'released':
      return 'released: every replica runs the new version'
    case 'rolled back':
      return `taken back: ${end.reason}`
    case 'stuck':
      return `stuck: ${end.reason}; not even the old version runs in ${end.slots.join(', ')}`
  }
}
