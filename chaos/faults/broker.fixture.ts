import type { BrokerControl, BrokerFacts } from './target.ts'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

export interface BrokerFixture {
  readonly control: BrokerControl
  readonly facts: Mutable<BrokerFacts>
  readonly deadLetters: { areBound: boolean }
}

/** A broker that does what it is told, and tells how it is. */
export function brokerFixture(): BrokerFixture {
  const deadLetters = { areBound: true }
  const facts: Mutable<BrokerFacts> = {
    ready: 0,
    unacknowledged: 0,
    published: 7,
    deadLettered: 0,
    queueExists: true,
    bindingExists: true,
    alarm: false,
    policies: [],
    leaderNode: 'broker@broker',
    unacknowledgedByConsumer: new Map(),
  }
  const become = async (change: Partial<BrokerFacts>) => void Object.assign(facts, change)
  const control: BrokerControl = {
    deleteQueue: () => become({ queueExists: false, bindingExists: false }),
    async restoreTopology() {
      deadLetters.areBound = true
      await become({ queueExists: true, bindingExists: true })
    },
    removeBinding: () => become({ bindingExists: false }),
    async removeDeadLetterBinding() {
      deadLetters.areBound = false
    },
    hasDeadLetterBinding: async () => deadLetters.areBound,
    raiseMemoryAlarm: () => become({ alarm: true }),
    clearMemoryAlarm: () => become({ alarm: false }),
    limitQueueLength: (max) => become({ policies: [`max-length ${max}`] }),
    clearPolicies: () => become({ policies: [] }),
    doubleDeliveries: () => become({ copiesDelivered: 3 }),
    deliverOnce: () => become({ copiesDelivered: undefined }),
    facts: async () => facts,
  }
  return { control, facts, deadLetters }
}
