import type Docker from 'dockerode'
import type { TimedLine } from '../../chaos/history/line.ts'
import type { Reading, RunContext, RunningSystem } from '../../chaos/system.ts'
import { deadLetterQueue, ordersQueue, ordersTarget } from '../queue/queue-layout.ts'
import { BrokerManagement } from './broker-management.ts'
import { cpuWeight } from './cpu-weight.ts'
import { emptyHands } from './empty-hands.ts'
import { saveLogs } from './engine-logs.ts'
import { freePorts } from './free-ports.ts'
import { hello } from './greeting.ts'
import { hopCountsOf } from './hop-counts.ts'
import type { Infrastructure } from './infrastructure.ts'
import { startLoadGenerator } from './load-generator.ts'
import { observeSystem } from './observe.ts'
import type { OrderIntakeRecipe } from './order-intake.ts'
import { numbered, type PlannedLink, planLinks, published } from './plan-links.ts'
import { readQueue } from './read-queue.ts'
import { readStore } from './read-store.ts'
import { startService } from './service-container.ts'
import { readSteadyState } from './steady-state.ts'
import { type ContainerPlace, containerTarget, linkTarget, type TargetWorld } from './targets.ts'
import { ledgerPrefixOf, tenantOf } from './tenant.ts'
import { startToxiproxy, toxiproxyAlias } from './toxiproxy-container.ts'

const queues = { orders: ordersQueue, dead: deadLetterQueue }

/** The service over a broker and a store that are up already. Whoever gave them removes everything in the end. */
export async function startOrderIntake(
  recipe: OrderIntakeRecipe,
  infrastructure: Infrastructure,
  context: RunContext,
  projectRoot: string,
): Promise<Omit<RunningSystem, typeof Symbol.asyncDispose>> {
  const { docker, network, labels, broker, store } = infrastructure
  const tenant = tenantOf(context.runId)
  const management = new BrokerManagement(broker.managementPort, tenant.vhost)
  await management.createVhost()
  const links = planLinks(recipe.replicas)
  const ports = await portsFor(recipe, links)
  const name = (alias: string) => `seawall-${context.runId}-${alias}`
  const toxiproxy = await startToxiproxy({
    image: recipe.images.toxiproxy,
    network,
    apiPort: ports.toxiproxy,
    links: published(links, ports.links),
    labels,
    name: name(toxiproxyAlias),
  })
  const replicas = await startReplicas(recipe, infrastructure, context, links, ports.replicas)
  const places: readonly ContainerPlace[] = [
    ...replicas,
    { name: 'broker', role: 'broker', id: broker.id, port: broker.amqpPort, greeting: hello.amqp },
    { name: 'store', role: 'store', id: store.id, port: store.port, greeting: hello.cql },
  ]
  const world: TargetWorld = {
    docker,
    network,
    containers: places,
    management,
    queueNames: { ...ordersTarget, queue: ordersQueue, deadQueue: deadLetterQueue },
    toxiproxyPort: ports.toxiproxy,
    harnessHost: await gatewayOf(docker, network),
  }
  const placeOf = new Map(places.map((place) => [place.name, place]))
  const targets = [
    ...places.map((place) => containerTarget(place, world)),
    ...links.map((link, index) =>
      linkTarget(link, ports.links[index] as number, placeOf.get(link.to) as ContainerPlace, world),
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
      const place = { image: recipe.images.k6, network, labels, name: name('load'), projectRoot }
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
    saveLogs: () =>
      saveLogs(docker, context.folder, [...places, { name: toxiproxyAlias, id: toxiproxy.getId() }]),
  }
}

/** Where containers of this network find the machine that runs them. */
async function gatewayOf(docker: Docker, network: string): Promise<string> {
  const { IPAM } = await docker.getNetwork(network).inspect()
  return IPAM?.Config?.[0]?.Gateway ?? '127.0.0.1'
}

interface Ports {
  readonly toxiproxy: number
  readonly links: readonly number[]
  readonly replicas: readonly number[]
}

async function portsFor({ replicas }: OrderIntakeRecipe, links: readonly PlannedLink[]): Promise<Ports> {
  const [toxiproxy, ...rest] = await freePorts(1 + links.length + replicas.api + replicas.worker)
  return {
    toxiproxy: toxiproxy as number,
    links: rest.slice(0, links.length),
    replicas: rest.slice(links.length),
  }
}

async function startReplicas(
  recipe: OrderIntakeRecipe,
  { network, labels }: Infrastructure,
  context: RunContext,
  links: readonly PlannedLink[],
  ports: readonly number[],
): Promise<readonly ContainerPlace[]> {
  const tenant = tenantOf(context.runId)
  const roles = [
    ...numbered('api', recipe.replicas.api).map((alias) => ({ alias, role: 'api' as const })),
    ...numbered('worker', recipe.replicas.worker).map((alias) => ({ alias, role: 'worker' as const })),
  ]
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
