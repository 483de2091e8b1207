import { resolve } from 'node:path'
import type { RunContext, RunningSystem, System } from '../../chaos/system.ts'
import { BrokerManagement } from './broker-management.ts'
import { dropKeyspace } from './drop-keyspace.ts'
import { answersGreeting, hello } from './greeting.ts'
import { type DiskOwner, type Infrastructure, startInfrastructure } from './infrastructure.ts'
import { type RunningLinks, startLinks } from './links.ts'
import { describeTargets, type OrderIntakeRecipe } from './order-intake.ts'
import { prepareOrderLoad } from './order-load.ts'
import type { Replicas } from './plan-links.ts'
import { removeLabelled } from './remove-run.ts'
import { startOrderIntake } from './running-order-intake.ts'
import { sideBySide } from './side-by-side.ts'
import { startReplicas } from './start-replica.ts'
import { ledgerPrefixOf, tenantOf } from './tenant.ts'

/** On every container of one run in a broker and a store that several runs use, one after the other. */
export const partLabel = 'seawall.part'

/** Broker, store and links that outlive a run. */
export interface SharedParts extends AsyncDisposable {
  readonly infrastructure: Infrastructure
  readonly links: RunningLinks
  /** Do all three answer their protocols? A run may have harmed them for good. */
  areWell(): Promise<boolean>
}

export interface SharedPartsOptions {
  /** The owner's run id and labels: what is started here belongs to it, as everything of its parts does. */
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
  readonly images: OrderIntakeRecipe['images']
  readonly replicas: Replicas
  /** Whose data any of the runs wants on a disk of its own. */
  readonly disks: readonly DiskOwner[]
}

export async function startSharedParts(options: SharedPartsOptions): Promise<SharedParts> {
  const { images, replicas } = options
  const disks = { owners: options.disks, image: images.node }
  const infrastructure = await startInfrastructure({ ...options, disks })
  try {
    const links = await startLinks(infrastructure, { image: images.toxiproxy, replicas })
    const { broker, store } = infrastructure
    const doors = [
      [broker.amqpPort, hello.amqp],
      [store.port, hello.cql],
      [links.apiPort, hello.httpVersion],
    ] as const
    return {
      infrastructure,
      links,
      areWell: async () =>
        (await Promise.all(doors.map(([port, greeting]) => answersGreeting(port, greeting, 5_000)))).every(
          Boolean,
        ),
      [Symbol.asyncDispose]: () => infrastructure[Symbol.asyncDispose](),
    }
  } catch (error) {
    await infrastructure[Symbol.asyncDispose]()
    throw error
  }
}

/**
 * The order intake in a virtual host and a keyspace of its own. Only API and workers start and end with it; it leaves
 * the shared parts as it found them. The context's labels must have the owner's, and `seawall.part`.
 */
export function orderIntakeOn(parts: SharedParts, recipe: OrderIntakeRecipe): System {
  return {
    name: recipe.name,
    targets: describeTargets(recipe.replicas),
    ledgerPrefix: ledgerPrefixOf,
    start: (context) => startOn(parts, recipe, context),
  }
}

async function startOn(
  parts: SharedParts,
  recipe: OrderIntakeRecipe,
  context: RunContext,
): Promise<RunningSystem> {
  const { infrastructure, links } = parts
  const leave = () => leaveParts(parts, context)
  try {
    // Nothing of an earlier run: no toxic, no cut, and no request that still waits for a replica which is gone.
    await links.renew()
    const [replicas, load] = await sideBySide([
      startReplicas(recipe, infrastructure.network, context, links.planned),
      prepareOrderLoad(recipe, infrastructure, context, projectRoot),
    ])
    const running = await startOrderIntake(recipe, { infrastructure, links, replicas, load }, context)
    return {
      ...running,
      async [Symbol.asyncDispose]() {
        await running.close()
        await leave()
      },
    }
  } catch (error) {
    await leave()
    throw error
  }
}

async function leaveParts({ infrastructure }: SharedParts, { runId }: RunContext): Promise<void> {
  const { docker, broker, store } = infrastructure
  const { vhost, keyspace } = tenantOf(runId)
  await removeLabelled(docker, `${partLabel}=${runId}`)
  // They cost room, not truth: the next run has its own. A broker that is down is found by the next look.
  await new BrokerManagement(broker.managementPort, vhost).deleteVhost().catch(() => undefined)
  await dropKeyspace(store.port, keyspace).catch(() => undefined)
}

const projectRoot = resolve(import.meta.dirname, '../..')
