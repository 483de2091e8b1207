import { z } from 'zod'
import { controlOf } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'
import type { Feeling } from './fault.ts'
import { loop } from './loop.ts'

// A service that declares its bindings anew when something comes back does so at most once a second.
const againEveryMs = 50
// Between two removals the binding may be there for a moment: so many looks, one of which must find it gone.
const looksMax = 20

/** The dead letters have nowhere to go, and whoever declares their binding again loses it again. */
export const deadLettersUnbound = defineFaultKind({
  kind: 'dead-letters-unbound',
  how: "the broker's own tools: the binding of the queue of dead letters is removed, again and again; healed by declaring it",
  victimFeels: 'what is to be given up cannot be put away',
  proof: "the broker's state has no binding of the queue of dead letters",
  needs: ['broker'],
  targetKind: 'container',
  options: z.strictObject({}),
  body(target, _options, { clock }) {
    const broker = controlOf(target, 'broker')
    const unbinding = loop(clock, async (sleep) => {
      await broker.removeDeadLetterBinding()
      await sleep(againEveryMs)
    })
    return {
      sentence: `the queue of dead letters has no binding on ${target.name}`,
      undoSteps: async () => [],
      inject: async () => unbinding.start(),
      async look(signal): Promise<Feeling> {
        let looks = 1
        while ((await broker.hasDeadLetterBinding()) && looks < looksMax) {
          looks += 1
          await clock.sleep(againEveryMs, signal)
        }
        const felt = looks < looksMax
        return { felt, evidence: `${target.name} has ${felt ? 'no' : 'the'} binding of the dead letters` }
      },
      beforeHeal: () => unbinding.stop(),
      afterHeal: () => broker.restoreTopology(),
      byHand: 'npm run seawall stop',
    }
  },
})
