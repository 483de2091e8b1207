import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { realClock } from '../../chaos/kernel/clock.ts'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { waitUntil } from '../../chaos/kernel/wait-until.ts'
import { bundleService } from '../../system-under-test/bundle.ts'
import { freePorts } from '../../system-under-test/topology/free-ports.ts'
import { type Infrastructure, startInfrastructure } from '../../system-under-test/topology/infrastructure.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import { prepare } from '../setup/bring-up.ts'
import type { AddCommand, CommandIo } from './command.ts'
import { addRedriveCommand } from './redrive.ts'

const root = resolve(import.meta.dirname, '../..')

interface ServiceWords {
  readonly api: string
  readonly worker: string
  readonly json?: boolean
}

/** `seawall service`: the order intake alone, without harness, load or faults, until Ctrl-C. */
export const addServiceCommand: AddCommand = (program: Command, io: CommandIo) => {
  const service = program
    .command('service')
    .description('start the order intake alone, and print where it answers; Ctrl-C ends it')
    .option('--api <count>', 'how many API processes', '2')
    .option('--worker <count>', 'how many workers', '2')
    .option('--json', 'print the addresses as JSON, and nothing else, on standard output')
    .action((words: ServiceWords) => run(words, io))
  addRedriveCommand(service, io)
}

async function run(words: ServiceWords, io: CommandIo): Promise<void> {
  const problems: string[] = []
  const api = wholeNumber('--api', words.api, { min: 1, max: 16 }, problems)
  const worker = wholeNumber('--worker', words.worker, { min: 0, max: 16 }, problems)
  refuseProblems('the service', problems, '`seawall service --help` shows what can be given')
  const { images } = await prepare({
    images: ['rabbitmq', 'cassandra'],
    out: io.err,
    env: io.env,
    signal: io.signal,
  })
  const folder = await mkdtemp(join(tmpdir(), 'seawall-service-'))
  try {
    const source = resolve(root, 'system-under-test')
    const bundles = await bundleService({ source, into: folder, packages: resolve(root, 'node_modules') })
    const runId = `service-${process.pid}`
    io.err('starting broker and store')
    await using infrastructure = await startInfrastructure({
      runId,
      labels: { 'seawall.run': runId },
      images,
    })
    await serve({ bundles, counts: { api, worker }, infrastructure, json: words.json === true }, io)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface ServeParts {
  readonly bundles: { readonly api: string; readonly worker: string }
  readonly counts: { readonly api: number; readonly worker: number }
  readonly infrastructure: Infrastructure
  readonly json: boolean
}

async function serve({ bundles, counts, infrastructure, json }: ServeParts, io: CommandIo): Promise<void> {
  const names = (['api', 'worker'] as const).flatMap((role) =>
    Array.from({ length: counts[role] }, (_, n) => ({ role, replica: `${role}-${n + 1}` })),
  )
  const ports = await freePorts(names.length)
  const processes = names.map(({ role, replica }, n) =>
    start(
      bundles[role],
      { ...addressesOf(infrastructure), REPLICA: replica, HTTP_PORT: String(ports[n]) },
      io,
    ),
  )
  try {
    for (const [n, { replica }] of names.entries()) {
      await waitUntil(() => isReady(ports[n] as number), {
        clock: realClock,
        what: `${replica} to be ready`,
        deadlineMs: 60_000,
        signal: io.signal,
      })
    }
    const addresses = {
      ...Object.fromEntries(names.map(({ replica }, n) => [replica, `http://127.0.0.1:${ports[n]}`])),
      broker: `amqp://127.0.0.1:${infrastructure.broker.amqpPort}`,
      store: `127.0.0.1:${infrastructure.store.port}`,
    }
    if (json) io.out(JSON.stringify(addresses))
    else for (const [name, address] of Object.entries(addresses)) io.out(`${name} ${address}`)
    io.err('Ctrl-C ends it, and removes everything')
    await new Promise<void>((ended) => {
      if (io.signal.aborted) ended()
      io.signal.addEventListener('abort', () => ended(), { once: true })
    })
  } finally {
    for (const { child } of processes) child.kill('SIGTERM')
    await Promise.all(processes.map(({ gone }) => gone))
  }
}

function addressesOf({ broker, store }: Infrastructure): Record<string, string> {
  return {
    HTTP_HOST: '127.0.0.1',
    BROKER_HOST: '127.0.0.1',
    BROKER_PORT: String(broker.amqpPort),
    STORE_HOST: '127.0.0.1',
    STORE_PORT: String(store.port),
  }
}

/** Its log lines go to standard error. It ends at SIGTERM by itself, within the bound of its settings. */
function start(bundle: string, env: Record<string, string>, io: CommandIo) {
  const child = spawn(process.execPath, [bundle], {
    env: { ...io.env, ...env },
    stdio: ['ignore', process.stderr, process.stderr],
    // A Ctrl-C at the terminal is for this command; it tells its processes itself, in order.
    detached: true,
  })
  return { child, gone: once(child, 'exit') }
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
  return answer?.ok === true
}
