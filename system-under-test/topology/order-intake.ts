import { resolve } from 'node:path'
import type { RunContext, RunningSystem, System, TargetDescription } from '../../chaos/system.ts'
import type { PlannedRelease } from './api-release.ts'
import { type DiskOwner, openNetwork, startBrokerAndStore } from './infrastructure.ts'
import { startLinks } from './links.ts'
import type { LoadGeneratorRecipe } from './load-generator.ts'
import { prepareOrderLoad } from './order-load.ts'
import { numbered, planLinks, type Replicas } from './plan-links.ts'
import { startOrderIntake } from './running-order-intake.ts'
import { sideBySide } from './side-by-side.ts'
import { startReplicas } from './start-replica.ts'
import { capabilitiesOf, linkCapabilities } from './targets.ts'
import { ledgerPrefixOf } from './tenant.ts'

/** What the load generator has to know to reach a started system. */
export interface LoadPlace {
  readonly apiUrls: readonly string[]
  readonly runId: string
  readonly seed: string
  readonly ledgerPrefix: string
  readonly runStartedEpochMs: number
  /** Where the generator looks whether it may begin. */
  readonly gateUrl: string
}

export interface OrderIntakeRecipe {
  /** "order intake", or what stands in its place: a mutant, the service before its redesign. */
  readonly name: string
  readonly images: Readonly<Record<'node' | 'k6' | 'toxiproxy' | 'rabbitmq' | 'cassandra', string>>
  /** The bundled processes. */
  readonly bundles: { readonly api: string; readonly worker: string; readonly autoscaler?: string }
  readonly replicas: Replicas
  /** A new version that comes in the middle of the load. */
  readonly release?: PlannedRelease
  /** Whose data must be able to lose their disk's room or power. */
  readonly disks?: readonly DiskOwner[]
  readonly loadGenerator: (place: LoadPlace) => LoadGeneratorRecipe
  /** Settings of the service beyond its defaults. */
  readonly env?: Readonly<Record<string, string>>
}

/** The reference service as a system under test: broker and store, API and workers, every link through Toxiproxy. */
export function orderIntake(recipe: OrderIntakeRecipe): System {
  return {
    name: recipe.name,
    targets: describeTargets(recipe.replicas),
    ledgerPrefix: ledgerPrefixOf,
    start: (context) => start(recipe, context),
  }
}

export function describeTargets(replicas: Replicas): readonly TargetDescription[] {
  const containers = [
    ...numbered('api', replicas.api).map((name) => ({ name, role: 'api' })),
    ...numbered('worker', replicas.worker).map((name) => ({ name, role: 'worker' })),
    ...(replicas.workersMax === undefined ? [] : [{ name: 'autoscaler', role: 'autoscaler' }]),
    { name: 'broker', role: 'broker' },
    { name: 'store', role: 'store' },
  ]
  return [
    ...containers.map((each) => ({
      ...each,
      kind: 'container' as const,
      capabilities: capabilitiesOf(each.role),
    })),
    ...planLinks(replicas).map(({ name, role }) => ({
      name,
      role,
      kind: 'link' as const,
      capabilities: linkCapabilities(role),
    })),
  ]
}

/**
 * Everything starts side by side, the slowest first: API and workers keep trying until broker and store are there, as they
 * do after an outage, and are up a moment after the slower of the two.
 */
async function start(recipe: OrderIntakeRecipe, context: RunContext): Promise<RunningSystem> {
  const place = await openNetwork(context)
  try {
    const disks = recipe.disks === undefined ? undefined : { owners: recipe.disks, image: recipe.images.node }
    const launched = Promise.withResolvers<void>()
    const starting = startBrokerAndStore(place, { images: recipe.images, disks, onLaunch: launched.resolve })
    const first = Promise.race([launched.promise, starting])
    const [brokerAndStore, links, replicas, load] = await sideBySide([
      starting,
      first.then(() => startLinks(place, { image: recipe.images.toxiproxy, replicas: recipe.replicas })),
      first.then(() => startReplicas(recipe, place.network, context, planLinks(recipe.replicas))),
      first.then(() => prepareOrderLoad(recipe, place, context, projectRoot)),
    ])
    const infrastructure = { ...place, ...brokerAndStore }
    const running = await startOrderIntake(recipe, { infrastructure, links, replicas, load }, context)
    return {
      ...running,
      async [Symbol.asyncDispose]() {
        await running.close()
        await infrastructure[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await place[Symbol.asyncDispose]()
    throw error
  }
}

const projectRoot = resolve(import.meta.dirname, '../..')
