import Docker from 'dockerode'
import { startBroker } from './broker-container.ts'
import { type RunningDisk, startDisk } from './disk.ts'
import { freePorts } from './free-ports.ts'
import { removeRun } from './remove-run.ts'
import { sideBySide } from './side-by-side.ts'
import { startStore } from './store-container.ts'

export interface InfrastructureOptions {
  /** Names and labels are made of it; everything with its label is removed at the end. */
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
  readonly images: { readonly rabbitmq: string; readonly cassandra: string }
  readonly disks?: DisksWanted
}

/** Whose data lie on a disk of bounded size that can lose its power; the others' lie on the Engine's own. */
export interface DisksWanted {
  readonly owners: readonly DiskOwner[]
  /** The node image: it brings what makes a disk. */
  readonly image: string
}

export const diskOwners = ['broker', 'store'] as const
export type DiskOwner = (typeof diskOwners)[number]

/** Far above what a run writes, so that only a fault fills it; what is not written takes no room on the real disk. */
const diskMegabytes = 1_024

/** Broker and store, answering, in a network of their own. Several services can be tried on it, one after the other. */
export interface Infrastructure extends RunNetwork {
  readonly broker: { readonly id: string; readonly amqpPort: number; readonly managementPort: number }
  readonly store: { readonly id: string; readonly port: number }
  /** Of those that were asked for. */
  readonly disks: Readonly<Disks>
}

/** The network of a run and what is in it, to begin with nothing. Disposing removes all that carries the run's label. */
export interface RunNetwork extends AsyncDisposable {
  readonly docker: Docker
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
  /** Its name. */
  readonly network: string
}

export async function openNetwork({
  runId,
  labels,
}: Pick<InfrastructureOptions, 'runId' | 'labels'>): Promise<RunNetwork> {
  // Ours is the reaper; another one would need an image of its own, and knows nothing of toxics and freezes.
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true'
  const docker = new Docker()
  const network = `seawall-${runId}`
  await docker.createNetwork({ Name: network, CheckDuplicate: true, Driver: 'bridge', Labels: { ...labels } })
  return { docker, runId, labels, network, [Symbol.asyncDispose]: () => removeRun(docker, runId) }
}

/** Starts broker and store side by side; removes what it made if one of them does not come up. */
export async function startInfrastructure(options: InfrastructureOptions): Promise<Infrastructure> {
  const place = await openNetwork(options)
  try {
    return { ...place, ...(await startBrokerAndStore(place, options)) }
  } catch (error) {
    await place[Symbol.asyncDispose]()
    throw error
  }
}

/**
 * The two in a network that is there; `onLaunch` is told when both processes run. If one of them does not come up, what was
 * made is for the network's owner to remove.
 */
export async function startBrokerAndStore(
  { docker, runId, labels, network }: RunNetwork,
  {
    images,
    disks: wanted,
    onLaunch = () => undefined,
  }: Pick<InfrastructureOptions, 'images' | 'disks'> & { readonly onLaunch?: () => void },
): Promise<Pick<Infrastructure, 'broker' | 'store' | 'disks'>> {
  const disks = await startDisks(docker, { runId, labels, disks: wanted })
  const [amqpPort, managementPort, storePort] = (await freePorts(3)) as [number, number, number]
  const launched = Promise.withResolvers<void>()
  const starting = startStore({
    image: images.cassandra,
    network,
    port: storePort,
    labels,
    name: `seawall-${runId}-store`,
    volume: disks.store?.volume,
    onLaunch: launched.resolve,
  })
  const [store, broker] = await sideBySide([
    starting,
    // After the slower of the two: the Engine starts several at once in twice the time that each would take.
    Promise.race([launched.promise, starting]).then(() =>
      startBroker({
        image: images.rabbitmq,
        network,
        ports: { amqp: amqpPort, management: managementPort },
        labels,
        name: `seawall-${runId}-broker`,
        volume: disks.broker?.volume,
        onLaunch,
      }),
    ),
  ])
  return {
    broker: { id: broker.getId(), amqpPort, managementPort },
    store: { id: store.getId(), port: storePort },
    disks,
  }
}

type Disks = Partial<Record<DiskOwner, RunningDisk>>

async function startDisks(
  docker: Docker,
  { runId, labels, disks: wanted }: Pick<InfrastructureOptions, 'runId' | 'labels' | 'disks'>,
): Promise<Readonly<Disks>> {
  if (wanted === undefined) return {}
  const { owners, image } = wanted
  const started = owners.map(async (owner) => {
    const name = `seawall-${runId}-${owner}-disk`
    return [owner, await startDisk(docker, { image, labels, name, megabytes: diskMegabytes })] as const
  })
  return Object.fromEntries(await Promise.all(started))
}
