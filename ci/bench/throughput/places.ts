import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { exitCodes } from '../../../chaos/kernel/exit-code.ts'
import { bundleProcesses } from '../../../system-under-test/bundle.ts'
import { ordersQueue } from '../../../system-under-test/queue/queue-layout.ts'
import { BrokerManagement } from '../../../system-under-test/topology/broker-management.ts'
import { cpuWeight } from '../../../system-under-test/topology/cpu-weight.ts'
import { freePorts } from '../../../system-under-test/topology/free-ports.ts'
import {
  type Infrastructure,
  startInfrastructure,
} from '../../../system-under-test/topology/infrastructure.ts'
import { startService } from '../../../system-under-test/topology/service-container.ts'
import { imageTag } from '../../setup/image-tag.ts'
import type { Measured, Wish } from './closed-loop.ts'

const projectRoot = resolve(import.meta.dirname, '../../..')
const bench = (name: string) => join(projectRoot, 'ci/bench/throughput', `${name}.fixture.ts`)
const service = (name: string) => join(projectRoot, 'system-under-test', name, 'main.ts')

/**
 * Each process, with the virtual host and the keyspace that it works in. `intake` only accepts; `whole` stores too, and
 * `parted` does in the order of each customer.
 */
const processes = {
  'http-client': { entry: bench('http-client'), tenant: 'client', ready: '/', weight: cpuWeight.measuring },
  'raw-http': { entry: bench('raw-http'), tenant: 'raw', ready: '/', weight: cpuWeight.accepting },
  'raw-confirm': { entry: bench('raw-confirm'), tenant: 'raw', ready: '/', weight: cpuWeight.accepting },
  'raw-write': { entry: bench('raw-write'), tenant: 'raw', ready: '/', weight: cpuWeight.carryingOut },
  'fire-and-forget': {
    entry: bench('fire-and-forget'),
    tenant: 'forget',
    ready: '/',
    weight: cpuWeight.accepting,
  },
  intake: { entry: service('api'), tenant: 'intake', ready: '/health/ready', weight: cpuWeight.accepting },
  'whole-api': {
    entry: service('api'),
    tenant: 'whole',
    ready: '/health/ready',
    weight: cpuWeight.accepting,
  },
  'whole-worker': {
    entry: service('worker'),
    tenant: 'whole',
    ready: '/health/ready',
    weight: cpuWeight.carryingOut,
  },
  'parted-api': {
    entry: service('api'),
    tenant: 'parted',
    ready: '/health/ready',
    weight: cpuWeight.accepting,
  },
  'parted-worker': {
    entry: service('worker'),
    tenant: 'parted',
    ready: '/health/ready',
    weight: cpuWeight.carryingOut,
  },
} as const

export type ProcessName = keyof typeof processes

/** Broker and store of the topology, and on them the service and the smallest programs that do a part of what it does. */
export interface Places extends AsyncDisposable {
  /** Lets one of them measure; throws with what it said if something did not end well. */
  measure(name: ProcessName, wish: Wish): Promise<Measured>
  /** Lets the client send orders to one of them. */
  send(to: ProcessName, wish: Wish): Promise<Measured>
  /** How many orders a worker has stored since its start. */
  stored(worker: 'whole-worker' | 'parted-worker'): Promise<number>
  /** From now on each container has so much of the machine's processors, and no more. */
  limitEach(share: number): Promise<void>
  /** Throws away what waits at those that nobody drains. */
  purge(): Promise<void>
}

export async function startPlaces(): Promise<Places> {
  const runId = `bench-${process.pid}-${Math.trunc(performance.now())}`
  const labels = { 'seawall.run': runId }
  const folder = await mkdtemp(join(tmpdir(), 'seawall-bench-'))
  const images = { rabbitmq: imageTag('rabbitmq'), cassandra: imageTag('cassandra') }
  const entryPoints = Object.fromEntries(Object.entries(processes).map(([name, { entry }]) => [name, entry]))
  await bundleProcesses({ entryPoints, into: folder, packages: join(projectRoot, 'node_modules') })
  const infrastructure = await startInfrastructure({ runId, labels, images })
  const dispose = async () => {
    await infrastructure[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  // Whoever ends it early leaves nothing behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => dispose().finally(() => process.exit(exitCodes.interrupted.code)))
  }
  try {
    return placesOf(await startAll(infrastructure, folder), infrastructure, dispose)
  } catch (error) {
    await dispose()
    throw error
  }
}

type Doors = ReadonlyMap<ProcessName, number>

async function startAll(infrastructure: Infrastructure, folder: string): Promise<Doors> {
  const names = Object.keys(processes) as ProcessName[]
  for (const tenant of new Set(names.map((name) => processes[name].tenant))) {
    await new BrokerManagement(infrastructure.broker.managementPort, tenant).createVhost()
  }
  const ports = await freePorts(names.length)
  const doors = new Map(names.map((name, index) => [name, ports[index] as number]))
  await Promise.all(names.map((name) => startOne(infrastructure, folder, name, doors.get(name) as number)))
  return doors
}

async function startOne(
  { runId, labels, network }: Infrastructure,
  folder: string,
  name: ProcessName,
  port: number,
): Promise<void> {
  const { tenant, weight, ready } = processes[name]
  await startService({
    alias: name,
    image: imageTag('node'),
    network,
    labels,
    name: `seawall-${runId}-${name}`,
    bundle: join(folder, `${name}.mjs`),
    ports: [{ container: 8080, host: port }],
    cpuWeight: weight,
    env: {
      BROKER_HOST: 'broker',
      BROKER_VHOST: tenant,
      STORE_HOST: 'store',
      STORE_KEYSPACE: `bench_${tenant}`,
      // More than is sent in a round: what is measured is accepting, not refusing.
      QUEUE_LENGTH_MAX: '1000000',
      ...(tenant === 'parted' ? { PARTITIONS: '8' } : {}),
    },
  })
  await untilReady(name, `http://127.0.0.1:${port}${ready}`)
}

const readyMsMax = 60_000

async function untilReady(name: string, url: string): Promise<void> {
  const untilMs = performance.now() + readyMsMax
  for (;;) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    )
    // 404: it has no such door, but it answers.
    if (status === 200 || status === 404) return
    if (performance.now() > untilMs) {
      throw new Error(`${name} was not ready within ${readyMsMax / 1_000} s: got ${status} from ${url}`)
    }
    await delay(100)
  }
}

function placesOf(doors: Doors, infrastructure: Infrastructure, dispose: () => Promise<void>): Places {
  const measure: Places['measure'] = async (name, wish) => {
    const query = new URLSearchParams(Object.entries(wish).map(([key, value]) => [key, String(value)]))
    const answer = await fetch(`http://127.0.0.1:${doors.get(name)}/measure?${query}`)
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${name}, asked for ${query}: ${text}`)
    return JSON.parse(text) as Measured
  }
  return {
    measure,
    send: (to, wish) => measure('http-client', { ...wish, to: `http://${to}:8080` }),
    async stored(worker) {
      const answer = await fetch(`http://127.0.0.1:${doors.get(worker)}/metrics`)
      return Number(/^orders_stored_total (\d+)/m.exec(await answer.text())?.[1] ?? Number.NaN)
    },
    async purge() {
      for (const tenant of ['raw', 'intake']) {
        await new BrokerManagement(infrastructure.broker.managementPort, tenant).purgeQueue(ordersQueue)
      }
    },
    limitEach: (share) => limitEach(infrastructure, share),
    [Symbol.asyncDispose]: dispose,
  }
}

// 10 ms: a tenth of what the Engine would take. Who has used up what it has waits for the next one, and others for it.
const periodMicroseconds = 10_000

async function limitEach({ docker, runId }: Infrastructure, share: number): Promise<void> {
  const { NCPU: processors } = (await docker.info()) as { readonly NCPU: number }
  const limits = {
    CpuPeriod: periodMicroseconds,
    CpuQuota: Math.round(periodMicroseconds * processors * share),
  }
  const filters = { label: [`seawall.run=${runId}`] }
  const containers = await docker.listContainers({ filters })
  await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).update(limits)))
}
