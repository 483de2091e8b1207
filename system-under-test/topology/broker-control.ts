import type Dockerode from 'dockerode'
import type { BrokerControl, BrokerFacts } from '../../chaos/faults/target.ts'
import type { BrokerManagement } from './broker-management.ts'
import { runInContainer } from './run-in-container.ts'

export interface QueueNames {
  readonly exchange: string
  readonly queue: string
  readonly routingKey: string
  readonly deadQueue: string
  readonly deadExchange: string
  readonly deadRoutingKey: string
}

const policyName = 'seawall-limit'
const copiesQueue = 'seawall-copies'

/** The broker's own tools, as faults use them: its management API, and `rabbitmqctl` inside the container. */
export function brokerControl(
  container: Dockerode.Container,
  management: BrokerManagement,
  names: QueueNames,
): BrokerControl {
  return {
    deleteQueue: () => management.deleteQueue(names.queue),
    // The service declares its own topology when it meets a broker without it; only the binding is ours to give back.
    async restoreTopology() {
      if ((await management.queue(names.queue)) === undefined) return
      await management.bind(names.exchange, names.queue, names.routingKey)
      await management.bind(names.deadExchange, names.deadQueue, names.deadRoutingKey)
    },
    removeBinding: () => management.unbind(names.exchange, names.queue),
    removeDeadLetterBinding: () => management.unbind(names.deadExchange, names.deadQueue),
    hasDeadLetterBinding: async () =>
      (await management.bindings(names.deadExchange, names.deadQueue)).length > 0,
    async raiseMemoryAlarm() {
      await runInContainer(container, ['rabbitmqctl', 'set_vm_memory_high_watermark', 'absolute', '1'])
    },
    async clearMemoryAlarm() {
      await runInContainer(container, ['rabbitmqctl', 'set_vm_memory_high_watermark', '0.6'])
    },
    limitQueueLength: (messagesMax) =>
      management.setPolicy(policyName, `^${names.queue}$`, {
        'max-length': messagesMax,
        overflow: 'reject-publish',
      }),
    clearPolicies: () => management.deletePolicy(policyName),
    // A copy expires into the default exchange, which knows the queue by its name: no binding brings it back here.
    async doubleDeliveries(afterMs) {
      await management.declareQueue(copiesQueue, {
        'x-message-ttl': afterMs,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': names.queue,
      })
      await management.bind(names.exchange, copiesQueue, names.routingKey)
    },
    deliverOnce: () => management.deleteQueue(copiesQueue),
    facts: () => factsOf(management, names),
  }
}

async function factsOf(management: BrokerManagement, names: QueueNames): Promise<BrokerFacts> {
  const [queue, dead, bindings, alarm, policies, consumers, copies] = await Promise.all([
    management.queue(names.queue),
    management.queue(names.deadQueue),
    management.bindings(names.exchange, names.queue),
    management.alarm(),
    management.policies(),
    management.consumers(),
    management.queue(copiesQueue),
  ])
  const unacknowledgedByConsumer = new Map<string, number>()
  for (const { connectionName, unacknowledged } of consumers) {
    unacknowledgedByConsumer.set(
      connectionName,
      (unacknowledgedByConsumer.get(connectionName) ?? 0) + unacknowledged,
    )
  }
  return {
    ready: queue?.ready ?? 0,
    unacknowledged: queue?.unacknowledged ?? 0,
    published: queue?.published ?? 0,
    deadLettered: (dead?.ready ?? 0) + (dead?.unacknowledged ?? 0),
    queueExists: queue !== undefined,
    bindingExists: bindings.length > 0,
    alarm,
    policies,
    ...(copies === undefined
      ? {}
      : { copiesDelivered: copies.published - copies.ready - copies.unacknowledged }),
    leaderNode: queue?.leader ?? '',
    unacknowledgedByConsumer,
  }
}
