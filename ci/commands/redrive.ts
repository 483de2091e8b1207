import type { Command } from 'commander'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import { waitUntil } from '../../chaos/kernel/wait-until.ts'
import { realClock } from '../../system-under-test/clock.ts'
import { createConfirmingPublisher } from '../../system-under-test/queue/confirming-publisher.ts'
import { deadLetterReasons } from '../../system-under-test/queue/order-queue.ts'
import { orderRoutes } from '../../system-under-test/queue/partitions.ts'
import { rabbitmqBroker } from '../../system-under-test/queue/rabbitmq-broker.ts'
import { realRandom } from '../../system-under-test/random.ts'
import type { DeadLetter } from '../../system-under-test/redrive/dead-letter.ts'
import { type RedriveEnd, type RedriveReport, redrive } from '../../system-under-test/redrive/redrive.ts'
import { readSettings, type Settings } from '../../system-under-test/settings.ts'
import { silentLog } from '../../system-under-test/telemetry/log.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import type { CommandIo } from './command.ts'

interface RedriveWords {
  readonly reason?: string
  readonly idPrefix?: string
  readonly before?: string
  readonly rate: string
  readonly max: string
  readonly send?: boolean
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** `seawall service redrive`: sends dead letters to the workers again. Without `--send` it only tells which. */
export function addRedriveCommand(service: Command, io: CommandIo): void {
  service
    .command('redrive')
    .description('send dead letters to the workers again; tells which, and does nothing, without --send')
    .option('--reason <reason>', `only these: ${deadLetterReasons.join(', ')}`)
    .option('--id-prefix <text>', 'only orders whose id begins so')
    .option('--before <time>', 'only orders published before this time, such as 2026-11-24T06:30:00Z')
    .option('--rate <count>', 'at most so many in a second', '50')
    .option('--max <count>', 'look at no more than so many', '10000')
    .option('--send', 'do it')
    .option('--dry-run', 'only tell which, as without --send')
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', '\nThe broker is named by BROKER_HOST, BROKER_PORT, BROKER_VHOST and their like.')
    // `service` has a --json too, and takes it for its own wherever it stands.
    .action((_words: RedriveWords, command: Command) => run(command.optsWithGlobals(), io))
}

async function run(words: RedriveWords, io: CommandIo): Promise<void> {
  const choices = choicesOf(words, io.env)
  const report = await redriveOn(choices, io)
  if (words.json) io.out(JSON.stringify(report))
  else io.out(inWords(report))
  if (report.ends.kept || report.ends.doubtful) io.exit(exitCodes.unknown.code)
}

type Choices = ReturnType<typeof choicesOf>

function choicesOf(words: RedriveWords, env: CommandIo['env']) {
  const problems: string[] = []
  const perSecond = wholeNumber('--rate', words.rate, { min: 1, max: 10_000 }, problems)
  const countMax = wholeNumber('--max', words.max, { min: 1, max: 60_000 }, problems)
  const { reason, idPrefix, before, send } = words
  if (reason !== undefined && !(deadLetterReasons as readonly string[]).includes(reason)) {
    const near = nearestNames(reason, deadLetterReasons)
    const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''
    problems.push(`--reason must be one of ${deadLetterReasons.join(', ')}, got "${reason}"${hint}`)
  }
  const beforeMs = before === undefined ? undefined : Date.parse(before)
  if (Number.isNaN(beforeMs)) problems.push(`--before must be a time, got "${before}"`)
  if (send && words.dryRun) problems.push('--send and --dry-run contradict each other')
  const settings = settingsOf(env, problems)
  refuseProblems('the redrive', problems, '`seawall service redrive --help` shows what can be given')
  return {
    settings: settings as Settings,
    perSecond,
    countMax,
    dryRun: send !== true,
    filter: { reason, idPrefix, beforeMs },
  }
}

function settingsOf(env: CommandIo['env'], problems: string[]): Settings | undefined {
  try {
    return readSettings(env)
  } catch (error) {
    problems.push((error as Error).message)
    return undefined
  }
}

async function redriveOn({ settings, ...choices }: Choices, io: CommandIo): Promise<RedriveReport> {
  const clock = realClock
  const broker = rabbitmqBroker({ address: settings.broker, connectTimeoutMs: settings.connectTimeoutMs })
  const routes = orderRoutes(settings)
  const publisher = createConfirmingPublisher({
    broker,
    routes,
    name: 'redrive publisher',
    clock,
    random: realRandom,
    log: silentLog,
    reconnectMsMax: settings.reconnectMsMax,
  })
  try {
    const { host, port } = settings.broker
    await waitUntil(async () => publisher.isReady(), {
      clock,
      what: `the broker at ${host}:${port}`,
      deadlineMs: 2 * settings.connectTimeoutMs,
      hint: 'BROKER_HOST and BROKER_PORT say where it is',
      signal: io.signal,
    })
    const tell = ({ orderId, reason, detail }: DeadLetter, end: RedriveEnd) =>
      io.err(`${orderId} (${reason}: ${detail}) ${end}`)
    return await redrive({
      ...choices,
      broker,
      layout: routes.layout,
      publisher,
      clock,
      signal: io.signal,
      tell,
    })
  } finally {
    await publisher.stop(settings.publishTimeoutMs)
  }
}

function inWords({ seen, matched, ends, reasons }: RedriveReport): string {
  const counts = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ') || 'none'
  return `${seen} dead letters seen (${counts(reasons)}), ${matched} match: ${counts(ends)}`
}
