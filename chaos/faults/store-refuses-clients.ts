import { z } from 'zod'
import { controlOf } from './broker-body.ts'
import { answerWithinMs } from './container-looks.ts'
import { defineFaultKind } from './define-fault.ts'

/** The store runs and serves nobody: its clients are refused, its data are untouched. */
export const storeRefusesClients = defineFaultKind({
  kind: 'store-refuses-clients',
  how: "the store's own tools: it stops listening to clients",
  victimFeels: 'connections to the store are closed and refused',
  proof: 'a greeting gets no answer, and the store says that it takes no clients',
  needs: ['store'],
  targetKind: 'container',
  options: z.strictObject({}),
  body(target) {
    const store = controlOf(target, 'store')
    return {
      sentence: `${target.name} refuses clients`,
      undoSteps: async () => [],
      inject: () => store.refuseClients(),
      async look() {
        const answers = await target.answers(answerWithinMs)
        const accepts = await store.acceptsClients()
        return {
          felt: !answers && !accepts,
          evidence:
            `a greeting of ${target.name} gets ${answers ? 'an answer' : 'no answer'}; ` +
            `it says that it takes ${accepts ? '' : 'no '}clients`,
        }
      },
      afterHeal: () => store.acceptClients(),
      byHand: 'npm run seawall stop',
    }
  },
})
