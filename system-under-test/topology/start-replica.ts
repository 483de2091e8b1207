import type { RunContext } from '../../chaos/system.ts'
import { cpuWeight } from './cpu-weight.ts'
import { freePorts } from './free-ports.ts'
import { hello } from './greeting.ts'
import type { OrderIntakeRecipe } from './order-intake.ts'
import { numbered, type PlannedLink } from './plan-links.ts'
import { startService } from './service-container.ts'
import { sideBySide } from './side-by-side.ts'
import type { ContainerPlace } from './targets.ts'
import { tenantOf } from './tenant.ts'
import { toxiproxyAlias } from './toxiproxy-container.ts'

/** One replica to be started, and where its door is to be published on loopback. */
export interface ReplicaWish {
  readonly alias: string
  readonly role: 'api' | 'worker' | 'autoscaler'
  readonly port: number
  /** Of the container's name, where another one has the same alias. */
  readonly suffix?: string
  /** Beyond what every replica is told. */
  readonly env?: Readonly<Record<string, string>>
}

export type StartReplica = (wish: ReplicaWish) => Promise<ContainerPlace>

/** Who starts this run's replicas: each with its own links, and its tenant's names. */
export function replicaStarter(
  recipe: OrderIntakeRecipe,
  network: string,
  context: RunContext,
  links: readonly PlannedLink[],
): StartReplica {
  const tenant = tenantOf(context.runId)
  const listenOf = (from: string, to: string) =>
    String(links.find((link) => link.from === from && link.to === to)?.listen)
  return async ({ alias, role, port, suffix = '', env }) => {
    const bundle = recipe.bundles[role]
    if (bundle === undefined) throw new Error(`${recipe.name} has no ${role}`)
    const started = await startService({
      alias,
      image: recipe.images.node,
      network,
      labels: context.labels,
      name: `seawall-${context.runId}-${alias}${suffix}`,
      bundle,
      cpuWeight: role === 'worker' ? cpuWeight.carryingOut : cpuWeight.accepting,
      ports: [{ container: 8080, host: port }],
      env: {
        BROKER_HOST: toxiproxyAlias,
        BROKER_PORT: listenOf(alias, 'broker'),
        BROKER_VHOST: tenant.vhost,
        STORE_HOST: toxiproxyAlias,
        STORE_PORT: listenOf(alias, 'store'),
        STORE_KEYSPACE: tenant.keyspace,
        API_REPLICAS: String(recipe.replicas.api),
        MANAGEMENT_URL: `http://${toxiproxyAlias}:${listenOf(alias, 'management')}`,
        ...recipe.env,
        ...env,
      },
    })
    return { name: alias, role, id: started.getId(), port, greeting: hello.http }
  }
}

/** API and workers, as many of each as there may be. They try until broker and store are there: nothing is waited for. */
export async function startReplicas(
  recipe: OrderIntakeRecipe,
  network: string,
  context: RunContext,
  links: readonly PlannedLink[],
): Promise<readonly ContainerPlace[]> {
  const { api, worker, workersMax = worker } = recipe.replicas
  const roles = [
    ...numbered('api', api).map((alias) => ({ alias, role: 'api' as const })),
    ...numbered('worker', workersMax).map((alias) => ({ alias, role: 'worker' as const })),
  ]
  const ports = await freePorts(roles.length)
  const startReplica = replicaStarter(recipe, network, context, links)
  return sideBySide(roles.map((wish, index) => startReplica({ ...wish, port: ports[index] as number })))
}
