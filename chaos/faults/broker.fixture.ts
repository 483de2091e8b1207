import type { BrokerControl, BrokerFacts } from './target.ts'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** A broker that does what it is told, and tells how it is. */
export function brokerFixture(): { readonly control: BrokerControl; readonly facts: Mutable<BrokerFacts> } {
  const facts: Mutable<BrokerFacts> = {
    ready: 0,
    unacknowledged: 0,
    published: 7,
    deadLettered: 0,
    queueExists: true,
    bindingExists: true,
    deadLetterBindingExists: true,
    alarm: false,
    policies: [],
    leaderNode: 'broker@broker',
    unacknowledgedByConsumer: new Map(),
  }
  const become = async (change: Partial<BrokerFacts>) => void Object.assign(facts, change)
  const control: BrokerControl = {
    deleteQueue: () => become({ queueExists: false, bindingExists: false }),
    restoreTopology: () => become({ queueExists: true, bindingExists: true, deadLetterBindingExists: true }),
    removeBinding: () => become({ bindingExists: false }),
    removeDeadLetterBinding: () => become({ deadLetterBindingExists: false }),
    raiseMemoryAlarm: () => become({ alarm: true }),
    clearMemoryAlarm: () => become({ alarm: false }),
    limitQueueLength: (max) => become({ policies: [`max-length ${max}`] }),
    clearPolicies: () => become({ policies: [] }),
    doubleDeliveries: () => become({ copiesDelivered: 3 }),
    deliverOnce: () => become({ copiesDelivered: undefined }),
    facts: async () => facts,
  }
  return { control, facts }
}
