import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'

/** Changes nothing and is always felt: for control runs, which show what the load alone does. */
export const noop = defineFaultKind({
  kind: 'noop',
  how: 'nothing is done',
  victimFeels: 'nothing',
  proof: 'none is needed: always felt',
  needs: [],
  targetKind: 'container',
  options: z.strictObject({}),
  body: (target) => ({
    sentence: `nothing happens to ${target.name}`,
    undoSteps: async () => [],
    inject: async () => {},
    look: async () => ({ felt: true, evidence: 'a noop changes nothing' }),
  }),
})
