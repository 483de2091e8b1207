import type Docker from 'dockerode'
import type { Capability, ContainerTarget, DiskPlace, LinkTarget, Target } from '../../chaos/faults/target.ts'
import { longAmqpGreeting } from './amqp-greeting.ts'
import { brokerData } from './broker-container.ts'
import { brokerControl, type QueueNames } from './broker-control.ts'
import type { BrokerManagement } from './broker-management.ts'
import { answersGreeting, hello } from './greeting.ts'
import type { PlannedLink } from './plan-links.ts'
import { fakeTimeFile } from './service-container.ts'
import { storeData } from './store-container.ts'
import { storeControl } from './store-control.ts'
import { proxyNameOf } from './toxiproxy-container.ts'

const everyContainer: readonly Capability[] = [
  'killable',
  'pausable',
  'throttleable',
  'partitionable',
  'resolving',
]
const byRole: Readonly<Record<string, readonly Capability[]>> = {
  api: [...everyContainer, 'clock-skewable'],
  worker: [...everyContainer, 'clock-skewable'],
  autoscaler: everyContainer,
  broker: [...everyContainer, 'broker', 'disk-fillable', 'power-losable'],
  store: [...everyContainer, 'store', 'disk-fillable', 'power-losable'],
  link: ['proxied'],
  'client->api': ['proxied', 'http'],
}

/** What a container of this role, or a link, can suffer. */
export function capabilitiesOf(role: string): ReadonlySet<Capability> {
  return new Set(byRole[role])
}

export function linkCapabilities(role: string): ReadonlySet<Capability> {
  return new Set(byRole[role] ?? byRole.link)
}

const ofDisks: readonly Capability[] = ['disk-fillable', 'power-losable']

/** A system that was started without a disk for this container cannot break what it has not. */
function capabilitiesHere({ role, disk }: ContainerPlace): ReadonlySet<Capability> {
  const all = [...capabilitiesOf(role)]
  return new Set(disk === undefined ? all.filter((one) => !ofDisks.includes(one)) : all)
}

export interface ContainerPlace {
  readonly name: string
  readonly role: string
  readonly id: string
  /** Where it answers its protocol's greeting on loopback. */
  readonly port: number
  readonly greeting: Uint8Array
  readonly disk?: DiskPlace
}

export interface TargetWorld {
  readonly docker: Docker
  readonly network: string
  readonly containers: readonly ContainerPlace[]
  readonly management: BrokerManagement
  readonly queueNames: QueueNames
  readonly toxiproxyPort: number
  /** This machine, as Toxiproxy sees it: the gateway of the run's network. */
  readonly harnessHost: string
}

export function containerTarget(place: ContainerPlace, world: TargetWorld): Target {
  const container = world.docker.getContainer(place.id)
  const base: ContainerTarget = {
    kind: 'container',
    name: place.name,
    role: place.role,
    capabilities: capabilitiesHere(place),
    disk: place.disk,
    containerId: place.id,
    docker: world.docker,
    peers: () => peersOf(place, world),
    answers: (timeoutMs) => answersGreeting(place.port, place.greeting, timeoutMs),
  }
  if (place.role === 'broker')
    return {
      ...base,
      dataPath: brokerData,
      broker: brokerControl(container, world.management, world.queueNames),
    }
  if (place.role === 'store') return { ...base, dataPath: storeData, store: storeControl(container) }
  return { ...base, fakeTimeFile }
}

/** Everybody else in the run's network, by name. */
async function peersOf(place: ContainerPlace, world: TargetWorld): Promise<ReadonlyMap<string, string>> {
  const peers = new Map<string, string>()
  for (const other of world.containers) {
    if (other.id === place.id) continue
    const info = await world.docker.getContainer(other.id).inspect()
    const address = info.NetworkSettings.Networks[world.network]?.IPAddress
    if (address !== undefined && address !== '') peers.set(other.name, address)
  }
  return peers
}

const greetingOf = { api: hello.http, broker: hello.amqp, store: hello.cql, management: hello.http } as const

/** A link with its control path: the same server, asked without the detour. */
export function linkTarget(
  link: PlannedLink,
  proxiedPort: number,
  control: Pick<ContainerPlace, 'port' | 'role'>,
  world: TargetWorld,
): LinkTarget {
  return {
    kind: 'link',
    name: link.name,
    role: link.role,
    capabilities: linkCapabilities(link.role),
    harnessHost: world.harnessHost,
    toxiproxyUrl: `http://127.0.0.1:${world.toxiproxyPort}`,
    proxyName: proxyNameOf(link.name),
    proxied: { host: '127.0.0.1', port: proxiedPort },
    control: { host: '127.0.0.1', port: control.port },
    hello: greetingOf[control.role as keyof typeof greetingOf],
    ...(control.role === 'broker' ? { longHello: longAmqpGreeting } : {}),
  }
}
