import { z } from 'zod'
import { brokerBody } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'

/**
 * The queue is gone with all that waited in it: this fault loses accepted messages by itself. The heal declares the
 * queue again, empty.
 */
export const queueDeleted = defineFaultKind({
  kind: 'queue-deleted',
  how: "the broker's own tools: the queue is deleted; healed by declaring it again",
  victimFeels: 'messages go nowhere, consumers are cancelled',
  proof: "the broker's state has no such queue",
  needs: ['broker'],
  targetKind: 'container',
  options: z.strictObject({}),
  body: (target) =>
    brokerBody(target, {
      sentence: `the queue of ${target.name} is deleted`,
      change: (broker) => broker.deleteQueue(),
      restore: (broker) => broker.restoreTopology(),
      feel: ({ queueExists }) => ({
        felt: !queueExists,
        evidence: `${target.name} ${queueExists ? 'has the queue' : 'has no such queue'}`,
      }),
    }),
})
