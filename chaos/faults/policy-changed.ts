import { z } from 'zod'
import { brokerBody } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'

/** Somebody bounds the queue: beyond so many messages the broker refuses what is published. */
export const policyChanged = defineFaultKind({
  kind: 'policy-changed',
  how: "the broker's own tools: a policy that limits the queue's length and refuses what is more",
  victimFeels: 'publishing is refused while the queue is long',
  proof: "the broker's state lists a policy",
  needs: ['broker'],
  targetKind: 'container',
  options: z.strictObject({ messagesMax: z.number().int().min(1).max(1_000_000).default(1_000) }),
  body: (target, { messagesMax }) =>
    brokerBody(target, {
      sentence: `the queue of ${target.name} is limited to ${messagesMax} messages`,
      change: (broker) => broker.limitQueueLength(messagesMax),
      restore: (broker) => broker.clearPolicies(),
      feel: ({ policies }) => ({
        felt: policies.length > 0,
        evidence: `policies of ${target.name}: ${policies.join(', ') || 'none'}`,
      }),
    }),
})
