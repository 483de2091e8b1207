import { z } from 'zod'
import { brokerBody } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'

/** The exchange no longer knows where messages go: they come back as unroutable, if the publisher asked for that. */
export const bindingRemoved = defineFaultKind({
  kind: 'binding-removed',
  how: "the broker's own tools: the queue's binding is removed; healed by declaring it again",
  victimFeels: 'what is published cannot be routed',
  proof: "the broker's state has the queue and no binding of it",
  needs: ['broker'],
  targetKind: 'container',
  options: z.strictObject({}),
  body: (target) =>
    brokerBody(target, {
      sentence: `the queue's binding is removed on ${target.name}`,
      change: (broker) => broker.removeBinding(),
      restore: (broker) => broker.restoreTopology(),
      feel: ({ queueExists, bindingExists }) => ({
        felt: queueExists && !bindingExists,
        evidence: `${target.name} has ${queueExists ? 'the' : 'no'} queue and ${bindingExists ? 'its' : 'no'} binding`,
      }),
    }),
})
