import type { BrokerMessage } from '../../system-under-test/queue/broker.ts'
import { InMemoryBroker, type InMemoryBrokerOptions } from '../../system-under-test/queue/in-memory-broker.ts'
import { orderRoutes } from '../../system-under-test/queue/partitions.ts'
import { ordersTarget, type QueueLayout } from '../../system-under-test/queue/queue-layout.ts'
import type { QueueReading } from '../../system-under-test/scaling/demand.ts'
import type { SerialWork } from './serial.ts'
import type { BrokerSwitch } from './world.ts'

/** A binding that a fault removed stays away, however often somebody declares it, until the fault is healed. */
export class SwitchedBroker extends InMemoryBroker {
  readonly unboundQueues = new Set<string>()
  /** Orders that were ever put into the queue. */
  published = 0
  readonly #bindings: QueueLayout['bindings']
  readonly #orderQueues: readonly string[]

  constructor({ partitions, ...options }: InMemoryBrokerOptions & { readonly partitions: number }) {
    super(options)
    const { layout, queues } = orderRoutes({ queueLengthMax: 1, partitions })
    this.#bindings = layout.bindings
    this.#orderQueues = queues
  }

  /** Every order that waits or is in the hands of a worker, in whichever queue of orders. */
  orders(): readonly BrokerMessage[] {
    return this.#orderQueues.flatMap((queue) => this.messages(queue))
  }

  /** Of all queues of orders together. */
  orderDepth(): ReturnType<InMemoryBroker['depth']> {
    const depths = this.#orderQueues.map((queue) => this.depth(queue))
    const sum = (what: 'ready' | 'unacknowledged') => depths.reduce((total, depth) => total + depth[what], 0)
    return { ready: sum('ready'), unacknowledged: sum('unacknowledged') }
  }

  bindingsOf(what: 'orders' | 'dead letters'): QueueLayout['bindings'] {
    const isOfOrders = ({ queue }: QueueLayout['bindings'][number]) => this.#orderQueues.includes(queue)
    return this.#bindings.filter((binding) => isOfOrders(binding) === (what === 'orders'))
  }

  /** What the broker's statistics say of the queue of orders. */
  reading(): QueueReading {
    const { ready, unacknowledged } = this.orderDepth()
    return { ready, inHands: unacknowledged, publishedTotal: this.published }
  }

  override route(target: Parameters<InMemoryBroker['route']>[0], message: BrokerMessage) {
    const end = super.route(target, message)
    if (end === 'queued' && target.exchange === ordersTarget.exchange) this.published += 1
    return end
  }

  override declare(layout: QueueLayout): void {
    const bindings = layout.bindings.filter(({ queue }) => !this.unboundQueues.has(queue))
    super.declare({ ...layout, bindings })
  }
}

export function brokerSwitch(broker: SwitchedBroker, work: SerialWork): BrokerSwitch {
  return {
    work,
    stop: () => broker.stop(),
    start: () => broker.start(),
    unbind(what) {
      for (const { queue } of broker.bindingsOf(what)) {
        broker.unboundQueues.add(queue)
        broker.unbind(queue)
      }
    },
    bind(what) {
      const bindings = broker.bindingsOf(what)
      for (const { queue } of bindings) broker.unboundQueues.delete(queue)
      broker.declare({ exchanges: [], queues: [], bindings })
    },
  }
}
