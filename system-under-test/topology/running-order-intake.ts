import type Docker from 'dockerode'
import type { TimedLine } from '../../chaos/history/line.ts'
import type { Reading, RunContext, RunningSystem } from '../../chaos/system.ts'
import { orderRoutes } from '../queue/partitions.ts'
import { deadLetterQueue, deadLetterTarget } from '../queue/queue-layout.ts'
import { readSettings } from '../settings.ts'
import type { Log } from '../telemetry/log.ts'
import { prepareRelease } from './api-release.ts'
import { BrokerManagement } from './broker-management.ts'
import { emptyHands } from './empty-hands.ts'
import { saveLogs } from './engine-logs.ts'
import { hello } from './greeting.ts'
import { hopCountsOf } from './hop-counts.ts'
import type { Infrastructure } from './infrastructure.ts'
import type { RunningLinks } from './links.ts'
import { loadGate } from './load-gate.ts'
import type { PreparedLoad } from './load-generator.ts'
import { observeSystem } from './observe.ts'
import type { OrderIntakeRecipe } from './order-intake.ts'
import { readQueues } from './read-queue.ts'
import { readStock } from './read-stock.ts'
import { readStore } from './read-store.ts'
import { startScaling } from './scaled-workers.ts'
import { replicaStarter } from './start-replica.ts'
import { readSteadyState } from './steady-state.ts'
import { type ContainerPlace, containerTarget, linkTarget, type TargetWorld } from './targets.ts'
import { tenantOf } from './tenant.ts'
import { toxiproxyAlias } from './toxiproxy-container.ts'

type LinkEnd = Pick<ContainerPlace, 'port' | 'role'>

/** Broker and store, the ways to them, and API and workers, who may still be waiting for them. */
export interface StartedParts {
  readonly infrastructure: Infrastructure
  readonly links: RunningLinks
  readonly replicas: readonly ContainerPlace[]
  readonly load: PreparedLoad
}

/** The service of parts that were started. Whoever started them removes everything in the end. */
export async function startOrderIntake(
  recipe: OrderIntakeRecipe,
  parts: StartedParts,
  context: RunContext,
): Promise<Omit<RunningSystem, typeof Symbol.asyncDispose> & { close(): Promise<void> }> {
  const { docker, network, broker, store, disks } = parts.infrastructure
  const { planned: links, hostPorts, apiPort, containerId } = parts.links
  const { replicas, load } = parts
  const { layout, queues: orders } = orderRoutes(
    readSettings({ API_REPLICAS: String(recipe.replicas.api), ...recipe.env }),
  )
  const queues = { orders, dead: deadLetterQueue }
  const tenant = tenantOf(context.runId)
  const management = new BrokerManagement(broker.managementPort, tenant.vhost)
  const amqp = { port: broker.amqpPort, vhost: tenant.vhost }
  await management.createVhost()
  const startReplica = replicaStarter(recipe, network, context, links)
  const gateway = await gatewayOf(docker, network)
  const apis = replicas.filter(({ role }) => role === 'api')
  const releasing =
    recipe.release === undefined
      ? undefined
      : await prepareRelease(recipe.release.settings, {
          docker,
          apis,
          startReplica,
          clock: context.clock,
          log: progressLog(context),
        })
  const workers = replicas.filter(({ role }) => role === 'worker')
  const scaled =
    recipe.replicas.workersMax === undefined
      ? undefined
      : await startScaling({ docker, workers, workersMin: recipe.replicas.worker, gateway, startReplica })
  const present = () => [
    ...(releasing?.present() ?? apis),
    ...(scaled?.present() ?? workers),
    ...(scaled === undefined ? [] : [scaled.autoscaler]),
  ]
  const places: readonly ContainerPlace[] = [
    ...replicas,
    ...(scaled === undefined ? [] : [scaled.autoscaler]),
    {
      name: 'broker',
      role: 'broker',
      id: broker.id,
      port: broker.amqpPort,
      greeting: hello.amqp,
      disk: disks.broker,
    },
    {
      name: 'store',
      role: 'store',
      id: store.id,
      port: store.port,
      greeting: hello.cql,
      disk: disks.store,
    },
  ]
  const world: TargetWorld = {
    docker,
    network,
    containers: places,
    management,
    queueNames: {
      orders: layout.bindings.filter(({ queue }) => orders.includes(queue)),
      dead: { queue: deadLetterQueue, ...deadLetterTarget },
    },
    toxiproxyPort: apiPort,
    harnessHost: gateway,
  }
  const counts = { name: 'management', role: 'management', port: broker.managementPort }
  const placeOf = new Map<string, LinkEnd>([...places, counts].map((place) => [place.name, place]))
  const targets = [
    ...places.map((place) => containerTarget(place, world)),
    ...links.map((link, index) =>
      linkTarget(link, hostPorts[index] as number, placeOf.get(link.to) as LinkEnd, world),
    ),
  ]
  return {
    targets,
    environment: environmentOf(recipe),
    steadyState: (): Promise<Reading> =>
      readSteadyState({
        management,
        queues: { ...amqp, names: orders },
        replicas: present(),
        workers: recipe.replicas.worker,
      }),
    async observe() {
      const timeMs = context.elapsedMs()
      const lines = await observeSystem(management, queues, present(), timeMs)
      const ofWorkers = (await scaled?.readings(lines, timeMs).catch(() => [])) ?? []
      return [...lines, ...ofWorkers, ...(releasing?.readings(timeMs) ?? [])]
    },
    async startLoad(see) {
      const running = await load.begin(see, loadGate(apiPort))
      releasing?.begin(running.startedMs + (recipe.release?.atMs ?? 0) - context.elapsedMs())
      return running
    },
    async finalRead(see: (line: TimedLine) => void) {
      await Promise.all([scaled?.stop(), releasing?.stop()])
      await emptyHands(docker, workers, { ...amqp, names: orders })
      const timeMs = context.elapsedMs()
      const inOrder = orders.length > 1
      await readStore({ port: store.port, keyspace: tenant.keyspace, inOrder }, timeMs, see)
      if (recipe.env?.SAGA === 'on') {
        await readStock({ port: store.port, keyspace: tenant.keyspace }, timeMs, see)
      }
      await readQueues({ ...amqp, queues: orders, place: 'queue' }, timeMs, see)
      await readQueues({ ...amqp, queues: [deadLetterQueue], place: 'dead-letter' }, timeMs, see)
    },
    // A worker that left took its counts along.
    hopCounts: async () => ({
      ...(await hopCountsOf(management, orders, replicas)),
      ...(scaled === undefined ? {} : { effectsInStore: undefined }),
    }),
    saveLogs: () =>
      saveLogs(docker, context.folder, [
        ...places,
        ...(releasing?.fresh ?? []),
        { name: toxiproxyAlias, id: containerId },
      ]),
    close: async () => {
      await Promise.all([scaled?.stop(), releasing?.stop(), load.close()])
    },
  }
}

/** What a release decides is told as the run's progress. */
function progressLog({ progress }: RunContext): Log {
  const tell = (fields: object, text: string) => progress(`release: ${text} ${JSON.stringify(fields)}`)
  return { debug: () => {}, info: tell, warn: tell, error: tell }
}

/** Where containers of this network find the machine that runs them. */
async function gatewayOf(docker: Docker, network: string): Promise<string> {
  const { IPAM } = await docker.getNetwork(network).inspect()
  return IPAM?.Config?.[0]?.Gateway ?? '127.0.0.1'
}

function environmentOf(recipe: OrderIntakeRecipe): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(Object.entries(recipe.images).map(([name, ref]) => [`image ${name}`, ref])),
    'replicas of the API': String(recipe.replicas.api),
    'replicas of the worker': [recipe.replicas.worker, recipe.replicas.workersMax ?? []].flat().join(' to '),
    node: process.version,
    ...Object.fromEntries(
      Object.entries(recipe.env ?? {}).map(([name, value]) => [`setting ${name}`, value]),
    ),
  }
}
