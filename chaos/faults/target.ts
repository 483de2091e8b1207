import type Dockerode from 'dockerode'

/**
 * What a fault can touch. Topologies implement these; faults ask only for the capabilities that they need.
 * A target without the capability that a fault needs is a configuration error, found before anything starts.
 */
export const capabilities = [
  'killable', // its process can be killed, stopped and started again
  'pausable', // the freezer can stop it
  'throttleable', // CPU and memory limits can be changed while it runs
  'partitionable', // it has a network namespace in which packets can be dropped
  'proxied', // its bytes go through Toxiproxy
  'http', // what goes through Toxiproxy is HTTP, and Toxiproxy reaches this machine
  'clock-skewable', // its process runs under libfaketime
  'disk-fillable', // its data lie on a volume of bounded size
  'power-losable', // … and that volume is a disk of its own, which can be slow, or shut down under it
  'resolving', // it finds others by name through its own resolver
  'broker', // it answers the questions and commands of BrokerControl
  'store', // it answers the questions and commands of StoreControl
] as const
export type Capability = (typeof capabilities)[number]

interface TargetBase {
  /** Unique in the run: worker-1, or worker-1->store. */
  readonly name: string
  /** What several targets are alike in: worker, or worker->store. */
  readonly role: string
  readonly capabilities: ReadonlySet<Capability>
}

/** A container that this run made. Its id and published ports stay the same over restarts. */
export interface ContainerTarget extends TargetBase {
  readonly kind: 'container'
  readonly containerId: string
  readonly docker: Dockerode
  /** The names and addresses of its peers, for partitions: container name -> IPv4 address. */
  peers(): Promise<ReadonlyMap<string, string>>
  /** True if it answers a protocol greeting from outside within `timeoutMs`. Never throws. */
  answers(timeoutMs: number): Promise<boolean>
  readonly broker?: BrokerControl
  readonly store?: StoreControl
  /** Where its data lie inside the container, for disk-full. */
  readonly dataPath?: string
  /** The disk that is mounted at `dataPath`, for power-lost. */
  readonly disk?: DiskPlace
  /** A file that its libfaketime reads, inside the container; empty file = true time. */
  readonly fakeTimeFile?: string
}

/**
 * An ext4 on a loop device of this run, held by a container of this run that may mount it (its /mnt is free for that)
 * and sees this machine's cgroups at /host-cgroup.
 */
export interface DiskPlace {
  readonly keeperId: string
  /** /dev/loop3 */
  readonly device: string
}

export interface HostPort {
  readonly host: string
  readonly port: number
}

/** One client's path to one server, through a Toxiproxy of this run. */
export interface LinkTarget extends TargetBase {
  readonly kind: 'link'
  /** Base address of Toxiproxy's API, and the proxy's name in it. */
  readonly toxiproxyUrl: string
  readonly proxyName: string
  /** The way through the proxy, and the control path around it, both from the harness. */
  readonly proxied: HostPort
  readonly control: HostPort
  /** Bytes that make the server answer at least one byte: AMQP header, CQL OPTIONS, HTTP GET. */
  readonly hello: Uint8Array
  /**
   * A greeting of about so many bytes, or as many as the server takes, whose end is answered too: for servers that take
   * `hello` but once on a connection.
   */
  longHello?(bytes: number): Uint8Array
  /** This machine as Toxiproxy's container sees it: the gateway of its network. For links that are `http`. */
  readonly harnessHost?: string
}

export type Target = ContainerTarget | LinkTarget

/** The broker's own tools, by what a fault does with them. Each change has its opposite; each is safe to repeat. */
export interface BrokerControl {
  deleteQueue(): Promise<void>
  restoreTopology(): Promise<void>
  removeBinding(): Promise<void>
  removeDeadLetterBinding(): Promise<void>
  hasDeadLetterBinding(): Promise<boolean>
  raiseMemoryAlarm(): Promise<void>
  clearMemoryAlarm(): Promise<void>
  /** Sets a policy that limits the queue's length (reject-publish), and takes it away. */
  limitQueueLength(messagesMax: number): Promise<void>
  clearPolicies(): Promise<void>
  /** Every message is delivered once more after so long, until it is delivered once again. */
  doubleDeliveries(afterMs: number): Promise<void>
  deliverOnce(): Promise<void>
  facts(): Promise<BrokerFacts>
}

export interface BrokerFacts {
  readonly ready: number
  readonly unacknowledged: number
  /** All that was ever published into the queue that is there now. */
  readonly published: number
  readonly deadLettered: number
  readonly queueExists: boolean
  readonly bindingExists: boolean
  readonly alarm: boolean
  readonly policies: readonly string[]
  /** Messages that were delivered a second time by {@link BrokerControl.doubleDeliveries}; undefined where none can be. */
  readonly copiesDelivered?: number
  readonly leaderNode: string
  /** Container name of the consumer's client -> unacknowledged messages. */
  readonly unacknowledgedByConsumer: ReadonlyMap<string, number>
}

export interface StoreControl {
  /** Stops and starts answering to clients, with the store's own tool (nodetool disablebinary). */
  refuseClients(): Promise<void>
  acceptClients(): Promise<void>
  acceptsClients(): Promise<boolean>
}
