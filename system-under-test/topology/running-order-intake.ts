import type Docker from 'dockerode'
import type { TimedLine } from '../../chaos/history/line.ts'
import type { Reading, RunContext, RunningSystem } from '../../chaos/system.ts'
import { deadLetterQueue, deadLetterTarget, ordersQueue, ordersTarget } from '../queue/queue-layout.ts'
import { BrokerManagement } from './broker-management.ts'
import { cpuWeight } from './cpu-weight.ts'
import { emptyHands } from './empty-hands.ts'
import { saveLogs } from './engine-logs.ts'
import { freePorts } from './free-ports.ts'
import { hello } from './greeting.ts'
import { hopCountsOf } from './hop-counts.ts'
import type { Infrastructure } from './infrastructure.ts'
import type { RunningLinks } from './links.ts'
import { startLoadGenerator } from './load-generator.ts'
import { observeSystem } from './observe.ts'
import type { OrderIntakeRecipe } from './order-intake.ts'
import { numbered, type PlannedLink } from './plan-links.ts'
import { readQueue } from './read-queue.ts'
import { readStore } from './read-store.ts'
import { startService } from './service-container.ts'
import { readSteadyState } from './steady-state.ts'
import { type ContainerPlace, containerTarget, linkTarget, type TargetWorld } from './targets.ts'
import { ledgerPrefixOf, tenantOf } from './tenant.ts'
import { toxiproxyAlias } from './toxiproxy-container.ts'

const queues = { orders: ordersQueue, dead: deadLetterQueue }

/** What is up before the service is: broker and store, and the ways to them. */
export interface Ground {
  readonly infrastructure: Infrastructure
  readonly links: RunningLinks
}

/** The service over a ground that is up already. Whoever gave that removes everything in the end. */
export async function startOrderIntake(
  recipe: OrderIntakeRecipe,
  ground: Ground,
  context: RunContext,
  projectRoot: string,
): Promise<Omit<RunningSystem, typeof Symbol.asyncDispose>> {
  const { docker, network, broker, store, disks } = ground.infrastructure
  const { planned: links, hostPorts, apiPort, containerId } = ground.links
  const { labels } = context
  const tenant = tenantOf(context.runId)
  const management = new BrokerManagement(broker.managementPort, tenant.vhost)
  await management.createVhost()
  const replicas = await startReplicas(recipe, network, context, links)
  const places: readonly ContainerPlace[] = [
    ...replicas,
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
      ...ordersTarget,
      queue: ordersQueue,
      deadQueue: deadLetterQueue,
      deadExchange: deadLetterTarget.exchange,
      deadRoutingKey: deadLetterTarget.routingKey,
    },
    toxiproxyPort: apiPort,
    harnessHost: await gatewayOf(docker, network),
  }
  const placeOf = new Map(places.map((place) => [place.name, place]))
  const targets = [
    ...places.map((place) => containerTarget(place, world)),
    ...links.map((link, index) =>
      linkTarget(link, hostPorts[index] as number, placeOf.get(link.to) as ContainerPlace, world),
    ),
  ]
  return {
    targets,
    environment: environmentOf(recipe),
    steadyState: (): Promise<Reading> =>
      readSteadyState({ management, queues, replicas, workers: recipe.replicas.worker }),
    observe: () => observeSystem(management, queues, replicas, context.elapsedMs()),
    startLoad: (see) => {
      const apis = links.filter((link) => link.from === 'client')
      const load = recipe.loadGenerator({
        apiUrls: apis.map((link) => `http://${toxiproxyAlias}:${link.listen}`),
        runId: context.runId,
        seed: context.seed,
        ledgerPrefix: ledgerPrefixOf(context.runId),
        runStartedEpochMs: context.clock.wallTime().getTime() - context.elapsedMs(),
      })
      const name = `seawall-${context.runId}-load`
      const place = { image: recipe.images.k6, network, labels, name, projectRoot }
      return startLoadGenerator(load, place, context, see)
    },
    async finalRead(see: (line: TimedLine) => void) {
      const workers = replicas.filter(({ role }) => role === 'worker')
      await emptyHands(docker, workers, management)
      const timeMs = context.elapsedMs()
      const { vhost } = tenant
      await readStore({ port: store.port, keyspace: tenant.keyspace }, timeMs, see)
      await readQueue({ port: broker.amqpPort, vhost, queue: ordersQueue, place: 'queue' }, timeMs, see)
      await readQueue(
        { port: broker.amqpPort, vhost, queue: deadLetterQueue, place: 'dead-letter' },
        timeMs,
        see,
      )
    },
    hopCounts: () => hopCountsOf(management, replicas),
    saveLogs: () => saveLogs(docker, context.folder, [...places, { name: toxiproxyAlias, id: containerId }]),
  }
}

/** Where containers of this network find the machine that runs them. */
async function gatewayOf(docker: Docker, network: string): Promise<string> {
  const { IPAM } = await docker.getNetwork(network).inspect()
  return IPAM?.Config?.[0]?.Gateway ?? '127.0.0.1'
}

async function startReplicas(
  recipe: OrderIntakeRecipe,
  network: string,
  context: RunContext,
  links: readonly PlannedLink[],
): Promise<readonly ContainerPlace[]> {
  const { labels } = context
  const tenant = tenantOf(context.runId)
  const roles = [
    ...numbered('api', recipe.replicas.api).map((alias) => ({ alias, role: 'api' as const })),
    ...numbered('worker', recipe.replicas.worker).map((alias) => ({ alias, role: 'worker' as const })),
  ]
  const ports = await freePorts(roles.length)
  const listenOf = (from: string, to: string) =>
    String(links.find((link) => link.from === from && link.to === to)?.listen)
  return Promise.all(
    roles.map(async ({ alias, role }, index) => {
      const port = ports[index] as number
      const started = await startService({
        alias,
        image: recipe.images.node,
        network,
        labels,
        name: `seawall-${context.runId}-${alias}`,
        bundle: recipe.bundles[role],
        cpuWeight: role === 'api' ? cpuWeight.accepting : cpuWeight.carryingOut,
        ports: [{ container: 8080, host: port }],
        env: {
          BROKER_HOST: toxiproxyAlias,
          BROKER_PORT: listenOf(alias, 'broker'),
          BROKER_VHOST: tenant.vhost,
          STORE_HOST: toxiproxyAlias,
          STORE_PORT: listenOf(alias, 'store'),
          STORE_KEYSPACE: tenant.keyspace,
          ...recipe.env,
        },
      })
      return { name: alias, role, id: started.getId(), port, greeting: hello.http }
    }),
  )
}

function environmentOf(recipe: OrderIntakeRecipe): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(Object.entries(recipe.images).map(([name, ref]) => [`image ${name}`, ref])),
    'replicas of the API': String(recipe.replicas.api),
    'replicas of the worker': String(recipe.replicas.worker),
    node: process.version,
    ...Object.fromEntries(
      Object.entries(recipe.env ?? {}).map(([name, value]) => [`setting ${name}`, value]),
    ),
  }
}
