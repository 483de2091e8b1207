import type { Random } from '../../chaos/kernel/random.ts'
import type { ApiReplica } from '../../system-under-test/api/replica.ts'
import type { SubmitRequest } from '../../system-under-test/api/submit-order.ts'
import type { BrokerMessage } from '../../system-under-test/queue/broker.ts'
import { deadLetterQueue } from '../../system-under-test/queue/queue-layout.ts'
import type { StockRow } from '../../system-under-test/store/in-memory-stock.ts'
import { InMemoryStore } from '../../system-under-test/store/in-memory-store.ts'
import type { StoredOrder } from '../../system-under-test/store/order-store.ts'
import { Balancer } from './balancer.ts'
import { type Door, FrontDoor } from './front-door.ts'
import { Link } from './link.ts'
import type { Response } from './outcome.ts'
import { brokerHooks, worldClock } from './ports.ts'
import { SerialWork } from './serial.ts'
import { bootApi, bootWorker, type ProcessParts } from './service-processes.ts'
import { bootScaler, type Scaling, SimulatedFleet } from './simulated-fleet.ts'
import type { Program } from './simulated-process.ts'
import { type PlannedRelease, SimulatedRelease, SimulatedRollout } from './simulated-release.ts'
import { type Running, SimulatedReplica } from './simulated-replica.ts'
import { brokerSwitch, SwitchedBroker } from './switched-broker.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { BrokerSwitch, Reading, Replica, StoreState, World } from './world.ts'

export interface SimulatedServiceOptions {
  readonly program: Program
  readonly time: VirtualTime
  readonly random: Random
  readonly settings: Readonly<Record<string, string>>
  /** How long a client waits for an answer. */
  readonly timeoutMs: number
  readonly isBalanced: boolean
  readonly scaling?: Scaling
  readonly release?: PlannedRelease
  /** What every second replica runs. */
  readonly previous?: Program
  /** Told of each replica that ended for want of memory. */
  ended?(replica: string): void
  log(text: string): void
}

const apis = ['api-1', 'api-2']
const usualScaling: Scaling = { workersMin: 2, workersMax: 2 }
// 2 ms: a conditional batch on a warm, idle store.
const usualServiceMs = 2

/** The whole service in this process: two API replicas, two workers, broker and store, and the links between them. */
export class SimulatedService implements World {
  readonly links = new Map<string, Link>()
  readonly replicas = new Map<string, Replica>()
  readonly store: StoreState
  readonly broker: BrokerSwitch
  readonly #fleet: SimulatedFleet
  readonly #rollout: SimulatedRollout
  #releasing: SimulatedReplica<SimulatedRelease> | undefined
  readonly #options: SimulatedServiceOptions
  readonly #queues: SwitchedBroker
  readonly #orders: InMemoryStore
  readonly #front: FrontDoor
  readonly #balancer = new Balancer()
  readonly #storeWork: SerialWork
  readonly #connections = new Set<string>()

  constructor(options: SimulatedServiceOptions) {
    const { time, random, timeoutMs } = options
    this.#options = options
    const clock = worldClock(time)
    const brokerWork = new SerialWork(time)
    this.#storeWork = new SerialWork(time)
    this.store = {
      serviceMs: usualServiceMs,
      timeoutShare: 0,
      refuseShare: 0,
      work: this.#storeWork,
      touched: 0,
    }
    this.#queues = new SwitchedBroker({
      clock,
      hooks: brokerHooks(this.links, random.fork('broker'), brokerWork, (name) => this.#outOfMemory(name)),
      partitions: Number(options.settings.PARTITIONS ?? 1),
    })
    this.#orders = new InMemoryStore({ clock, timeoutMs: 2_000 })
    this.#front = new FrontDoor(time, timeoutMs)
    this.broker = brokerSwitch(this.#queues, brokerWork)
    this.#rollout = new SimulatedRollout(time)
    for (const name of apis) this.#addApi(name)
    const { workersMax } = options.scaling ?? usualScaling
    const workers = Array.from({ length: workersMax }, (_, n) =>
      this.#addReplica(`worker-${n + 1}`, 'worker', bootWorker),
    )
    this.#fleet = new SimulatedFleet(workers, time)
    if (options.scaling !== undefined) this.#addAutoscaler(options.scaling)
  }

  get doors(): number {
    return this.#balancer.doors.length
  }

  start(): void {
    const { workersMin } = this.#options.scaling ?? usualScaling
    const workers = [...this.replicas.values()].filter(({ role }) => role === 'worker')
    const spare = new Set(workers.slice(workersMin))
    for (const replica of this.replicas.values()) if (!spare.has(replica)) replica.start()
    if (this.#options.isBalanced) this.#balancer.beginChecks(this.#options.time)
  }

  send(door: number, request: SubmitRequest): Promise<Response> {
    return this.#front.ask(this.#balancer.doorFor(door), (server) => server.submit(request))
  }

  read(door: number, orderId: string): Promise<Response> {
    return this.#front.ask(this.#balancer.doorFor(door), (server) => server.read(orderId))
  }

  /** Every order in the store, with all its effects. */
  storedOrders(): readonly StoredOrder[] {
    return this.#orders.orders()
  }

  /** Everything that was ever put aside for an order. */
  stock(): readonly StockRow[] {
    return this.#orders.stock()
  }

  deadLetters(): readonly BrokerMessage[] {
    return this.#queues.messages(deadLetterQueue)
  }

  /** Every order that is not carried out yet, also those in the hands of workers. */
  queuedOrders(): readonly BrokerMessage[] {
    return this.#queues.orders()
  }

  depth(): { readonly ready: number; readonly unacknowledged: number } {
    return this.#queues.orderDepth()
  }

  /** Open connections to the broker, as the broker counts them. */
  get connections(): number {
    return this.#connections.size
  }

  isDrained(): boolean {
    return this.queuedOrders().length === 0
  }

  #addApi(name: string): void {
    const replica = this.#addReplica<ApiReplica>(name, 'api', (parts) => {
      door.isClosed = false
      parts.process.onKilled(() => this.#front.resetAll(door))
      const api = bootApi(parts)
      const submit = this.#rollout.counted(name, api.submit)
      return this.#front.draining({ ...api, submit }, door)
    })
    this.#rollout.add(replica)
    const link = this.#addLink(`client→${name}`, () => this.#front.resetAll(door))
    const door: Door = {
      link,
      isClosed: false,
      isReady: () => replica.running?.isReady() ?? false,
      listening: () =>
        replica.running && replica.process && !door.isClosed
          ? { process: replica.process, submit: replica.running.submit, read: replica.running.read }
          : undefined,
    }
    this.#balancer.doors.push(door)
  }

  /** Begins the release that was planned, once. */
  release(): void {
    const boot = (parts: ProcessParts) => new SimulatedRelease(parts, this.#rollout)
    this.#releasing = this.#addReplica('release', 'release', boot)
    this.#releasing.start()
  }

  /** What can be seen of an autoscaler and of a release, where there are any. */
  readings(): readonly Reading[] {
    const { scaling, release } = this.#options
    return [
      ...(scaling === undefined ? [] : this.#fleet.readings()),
      ...(release === undefined ? [] : this.#rollout.readings(this.#releasing?.running?.end)),
    ]
  }

  #addAutoscaler({ workersMin, workersMax }: Scaling): void {
    const bounds = { WORKERS_MIN: String(workersMin), WORKERS_MAX: String(workersMax) }
    this.#addReplica('autoscaler', 'autoscaler', (parts) =>
      bootScaler({ ...parts, settings: { ...parts.settings, ...bounds } }, this.#fleet, this.#queues),
    )
  }

  /** As the kernel ends it: at once, but not within what it does just now. Nobody starts it again. */
  #outOfMemory(name: string): void {
    const replica = this.replicas.get(name)
    this.#options.time.after(0, () => {
      if (replica?.isAlive !== true) return
      replica.kill()
      this.#options.ended?.(name)
    })
  }

  #addReplica<T extends Running>(
    name: string,
    role: Replica['role'],
    boot: (parts: ProcessParts) => T,
  ): SimulatedReplica<T> {
    const { program, previous, time, random, settings, release, log } = this.#options
    const settingsNow = () => ({
      ...settings,
      ...(this.#rollout.isNew(name) ? release?.settings : {}),
      REPLICA: name,
    })
    const links = {
      broker: this.#addLink(`${name}→broker`, () => this.#queues.cut((who) => who.startsWith(`${name}#`))),
      store: this.#addLink(`${name}→store`, () => undefined),
    }
    const replica: SimulatedReplica<T> = new SimulatedReplica<T>({
      name,
      role,
      program: previous !== undefined && name.endsWith('-2') ? previous : program,
      time,
      random: random.fork(name),
      log,
      boot: (process) =>
        boot({
          process,
          time,
          random: random.fork(process.name),
          settings: settingsNow(),
          broker: this.#queues,
          orders: this.#orders,
          links,
          storeState: this.store,
          storeWork: this.#storeWork,
          connections: this.#connections,
          skewMs: () => replica.skewMs,
          log: (text) => log(`${process.name} ${text}`),
        }),
    })
    this.replicas.set(name, replica)
    return replica
  }

  #addLink(name: string, onReset: () => void): Link {
    const link = new Link(name, this.#options.time, this.#options.random.fork(name), onReset)
    this.links.set(name, link)
    return link
  }
}
