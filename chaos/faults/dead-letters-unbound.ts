import { z } from 'zod'
import { brokerBody } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'
import { loop } from './loop.ts'

// A service that declares its bindings anew when something comes back does so at most once a second.
const againEveryMs = 100

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
    const unbinding = loop(clock, async (sleep) => {
      await target.broker?.removeDeadLetterBinding()
      await sleep(againEveryMs)
    })
    return {
      ...brokerBody(target, {
        sentence: `the queue of dead letters has no binding on ${target.name}`,
        async change(broker) {
          await broker.removeDeadLetterBinding()
          unbinding.start()
        },
        restore: (broker) => broker.restoreTopology(),
        feel: ({ deadLetterBindingExists }) => ({
          felt: !deadLetterBindingExists,
          evidence: `${target.name} has ${deadLetterBindingExists ? 'the' : 'no'} binding of the dead letters`,
        }),
      }),
      beforeHeal: () => unbinding.stop(),
    }
  },
})
