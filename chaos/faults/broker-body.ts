import type { FaultBody } from './define-fault.ts'
import type { Feeling } from './fault.ts'
import type { BrokerControl, BrokerFacts, ContainerTarget, StoreControl } from './target.ts'

/**
 * Faults of a broker are changes of its own state, undone by its own tools, so their undo record has no steps. If
 * the harness dies, the reaper removes the broker with everything in it.
 */
export function brokerBody(
  target: ContainerTarget,
  own: {
    readonly sentence: string
    change(broker: BrokerControl, signal: AbortSignal): Promise<void>
    restore(broker: BrokerControl): Promise<void>
    feel(facts: BrokerFacts): Feeling
  },
): FaultBody {
  const broker = controlOf(target, 'broker')
  return {
    sentence: own.sentence,
    undoSteps: async () => [],
    inject: (signal) => own.change(broker, signal),
    look: async () => own.feel(await broker.facts()),
    afterHeal: () => own.restore(broker),
    byHand: 'npm run seawall stop',
  }
}

export function controlOf<Name extends 'broker' | 'store'>(
  target: ContainerTarget,
  name: Name,
): Name extends 'broker' ? BrokerControl : StoreControl {
  const control = target[name]
  if (control === undefined)
    throw new Error(`${target.name} says that it is a ${name} but has no ${name} control`)
  return control as never
}
