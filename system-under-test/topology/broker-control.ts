import type Dockerode from 'dockerode'
import type { BrokerControl, BrokerFacts } from '../../chaos/faults/target.ts'
import type { BindingSpec } from '../queue/queue-layout.ts'
import type { BrokerManagement } from './broker-management.ts'
import { runInContainer } from './run-in-container.ts'

export interface QueueNames {
  /** Every queue of orders: where they are partitioned, a fault of "the queue" is one of all of them at once. */
  readonly orders: readonly BindingSpec[]
  readonly dead: BindingSpec
}

const policyName = 'seawall-limit'
const copiesOf = (queue: string) => `seawall-copies-of-${queue}`

/** The broker's own tools, as faults use them: its management API, and `rabbitmqctl` inside the container. */
export function brokerControl(
  container: Dockerode.Container,
  management: BrokerManagement,
  { orders, dead }: QueueNames,
): BrokerControl {
  const inEach = async (act: (binding: BindingSpec) => Promise<void>) => {
    await Promise.all(orders.map(act))
  }
  return {
    deleteQueue: () => inEach(({ queue }) => management.deleteQueue(queue)),
    // The service declares its own topology when it meets a broker without it; only bindings are ours to give back.
    async restoreTopology() {
      for (const { exchange, queue, routingKey } of [...orders, dead]) {
        if ((await management.queue(queue)) !== undefined) await management.bind(exchange, queue, routingKey)
      }
    },
    removeBinding: () => inEach(({ exchange, queue }) => management.unbind(exchange, queue)),
    removeDeadLetterBinding: () => management.unbind(dead.exchange, dead.queue),
    hasDeadLetterBinding: async () => (await management.bindings(dead.exchange, dead.queue)).length > 0,
    async raiseMemoryAlarm() {
      await runInContainer(container, ['rabbitmqctl', 'set_vm_memory_high_watermark', 'absolute', '1'])
    },
    async clearMemoryAlarm() {
      await runInContainer(container, ['rabbitmqctl', 'set_vm_memory_high_watermark', '0.6'])
    },
    // Of several each has its share, as of the length that the service itself asks for.
    limitQueueLength: (messagesMax) =>
      management.setPolicy(policyName, `^(${orders.map(({ queue }) => literally(queue)).join('|')})$`, {
        'max-length': Math.ceil(messagesMax / orders.length),
        overflow: 'reject-publish',
      }),
    clearPolicies: () => management.deletePolicy(policyName),
    // A copy expires into the default exchange, which knows the queue by its name: no binding brings it back here.
    doubleDeliveries: (afterMs) =>
      inEach(async ({ exchange, queue, routingKey }) => {
        await management.declareQueue(copiesOf(queue), {
          'x-message-ttl': afterMs,
          'x-dead-letter-exchange': '',
          'x-dead-letter-routing-key': queue,
        })
        await management.bind(exchange, copiesOf(queue), routingKey)
      }),
    deliverOnce: () => inEach(({ queue }) => management.deleteQueue(copiesOf(queue))),
    facts: () => factsOf(management, { orders, dead }),
  }
}

const literally = (queue: string) => queue.replaceAll('.', '\\.')

/** Of several queues the sums; gone is "the queue" as soon as one is, and bound as long as one is. */
async function factsOf(management: BrokerManagement, { orders, dead }: QueueNames): Promise<BrokerFacts> {
  const [queues, deadLetters, bindings, alarm, policies, consumers, copies] = await Promise.all([
    management.queues(orders.map(({ queue }) => queue)),
    management.queue(dead.queue),
    Promise.all(orders.map(({ exchange, queue }) => management.bindings(exchange, queue))),
    management.alarm(),
    management.policies(),
    management.consumers(),
    management.queues(orders.map(({ queue }) => copiesOf(queue))),
  ])
  const unacknowledgedByConsumer = new Map<string, number>()
  for (const { connectionName, unacknowledged } of consumers) {
    unacknowledgedByConsumer.set(
      connectionName,
      (unacknowledgedByConsumer.get(connectionName) ?? 0) + unacknowledged,
    )
  }
  return {
    ready: queues?.ready ?? 0,
    unacknowledged: queues?.unacknowledged ?? 0,
    published: queues?.published ?? 0,
    deadLettered: (deadLetters?.ready ?? 0) + (deadLetters?.unacknowledged ?? 0),
    queueExists: queues !== undefined,
    bindingExists: bindings.flat().length > 0,
    alarm,
    policies,
    ...(copies === undefined
      ? {}
      : { copiesDelivered: copies.published - copies.ready - copies.unacknowledged }),
    leaderNode: queues?.leader ?? '',
    unacknowledgedByConsumer,
  }
}
