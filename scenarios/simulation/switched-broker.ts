import type { BrokerMessage } from '../../system-under-test/queue/broker.ts'
import { InMemoryBroker } from '../../system-under-test/queue/in-memory-broker.ts'
import {
  deadLetterQueue,
  deadLetterTarget,
  ordersQueue,
  ordersTarget,
  type QueueLayout,
} from '../../system-under-test/queue/queue-layout.ts'
import type { QueueReading } from '../../system-under-test/scaling/demand.ts'
import type { SerialWork } from './serial.ts'
import type { BrokerSwitch } from './world.ts'

const bindings = {
  orders: { ...ordersTarget, queue: ordersQueue },
  'dead letters': { ...deadLetterTarget, queue: deadLetterQueue },
} as const

/** A binding that a fault removed stays away, however often somebody declares it, until the fault is healed. */
export class SwitchedBroker extends InMemoryBroker {
  readonly unboundQueues = new Set<string>()
  /** Orders that were ever put into the queue. */
  published = 0

  /** What the broker's statistics say of the queue of orders. */
  reading(): QueueReading {
    const { ready, unacknowledged } = this.depth(ordersQueue)
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
      broker.unboundQueues.add(bindings[what].queue)
      broker.unbind(bindings[what].queue)
    },
    bind(what) {
      broker.unboundQueues.delete(bindings[what].queue)
      broker.declare({ exchanges: [], queues: [], bindings: [bindings[what]] })
    },
  }
}
