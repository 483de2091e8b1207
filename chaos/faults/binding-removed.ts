import { z } from 'zod'
import { controlOf } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'
import type { Feeling } from './fault.ts'
import { loop } from './loop.ts'

// A service that declares its bindings anew as soon as something comes back does so at most once a second.
const againEveryMs = 50
const looksMax = 40

/** The exchange no longer knows where messages go: they come back as unroutable, if the publisher asked for that. */
export const bindingRemoved = defineFaultKind({
  kind: 'binding-removed',
  how: "the broker's own tools: the queue's binding is removed until it is seen gone; healed by declaring it again",
  victimFeels: 'what is published cannot be routed, until somebody declares the binding anew',
  proof: "the broker's state has the queue and no binding of it",
  needs: ['broker'],
  targetKind: 'container',
  options: z.strictObject({}),
  body(target, _options, { clock }) {
    const broker = controlOf(target, 'broker')
    const unbinding = loop(clock, async (sleep) => {
      await broker.removeBinding()
      await sleep(againEveryMs)
    })
    let looksLeft = 0
    return {
      sentence: `the queue's binding is removed on ${target.name}`,
      undoSteps: async () => [],
      async inject() {
        looksLeft = looksMax
        unbinding.start()
      },
      async look(signal): Promise<Feeling> {
        let facts = await broker.facts()
        while (facts.bindingExists && looksLeft > 0) {
          looksLeft -= 1
          await clock.sleep(againEveryMs, signal)
          facts = await broker.facts()
        }
        // It was seen gone, or never will be. What becomes of it now is the service's.
        looksLeft = 0
        await unbinding.stop()
        const { queueExists, bindingExists } = facts
        return {
          felt: queueExists && !bindingExists,
          evidence: `${target.name} has ${queueExists ? 'the' : 'no'} queue and ${bindingExists ? 'its' : 'no'} binding`,
        }
      },
      beforeHeal: () => unbinding.stop(),
      afterHeal: () => broker.restoreTopology(),
      byHand: 'npm run seawall stop',
    }
  },
})
