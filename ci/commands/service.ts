import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { bundleService } from '../../system-under-test/bundle.ts'
import { freePorts } from '../../system-under-test/topology/free-ports.ts'
import { type Infrastructure, startInfrastructure } from '../../system-under-test/topology/infrastructure.ts'
import { wholeNumber } from '../mutants/whole-number.ts'
import { type Build, OwnProcesses } from '../service/own-processes.ts'
import { releaseOver } from '../service/play-release.ts'
import { openReleaseDoor } from '../service/release-door.ts'
import { prepare } from '../setup/bring-up.ts'
import type { AddCommand, CommandIo } from './command.ts'
import { addRedriveCommand } from './redrive.ts'
import { addReleaseCommand } from './release.ts'

const root = resolve(import.meta.dirname, '../..')
const packages = resolve(root, 'node_modules')

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
  addReleaseCommand(service, io)
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
    const bundles = await bundleService({ source, into: folder, packages })
    const runId = `service-${process.pid}`
    io.err('starting broker and store')
    await using infrastructure = await startInfrastructure({
      runId,
      labels: { 'seawall.run': runId },
      images,
    })
    await serve({ folder, bundles, counts: { api, worker }, infrastructure, json: words.json === true }, io)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface ServeParts {
  readonly folder: string
  readonly bundles: Build['bundles']
  readonly counts: { readonly api: number; readonly worker: number }
  readonly infrastructure: Infrastructure
  readonly json: boolean
}

async function serve(parts: ServeParts, io: CommandIo): Promise<void> {
  const { folder, bundles, counts, infrastructure, json } = parts
  const ports = await freePorts(counts.api + counts.worker)
  const places = (['api', 'worker'] as const)
    .flatMap((role) => Array.from({ length: counts[role] }, (_, n) => ({ role, name: `${role}-${n + 1}` })))
    .map((place, n) => ({ ...place, port: ports[n] as number }))
  await using processes = new OwnProcesses({
    places,
    build: { bundles, settings: {} },
    env: { ...io.env, ...addressesOf(infrastructure), API_REPLICAS: String(counts.api) },
    signal: io.signal,
  })
  await processes.start()
  await using door = await openReleaseDoor(releaseOver(processes, { bundles, folder, packages }))
  const addresses = {
    ...Object.fromEntries(places.map(({ name, port }) => [name, `http://127.0.0.1:${port}`])),
    broker: `amqp://127.0.0.1:${infrastructure.broker.amqpPort}`,
    store: `127.0.0.1:${infrastructure.store.port}`,
    release: door.url,
  }
  if (json) io.out(JSON.stringify(addresses))
  else for (const [name, address] of Object.entries(addresses)) io.out(`${name} ${address}`)
  io.err('Ctrl-C ends it, and removes everything')
  await new Promise<void>((ended) => {
    if (io.signal.aborted) ended()
    io.signal.addEventListener('abort', () => ended(), { once: true })
  })
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
