import { z } from 'zod'
import { brokerBody } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'

/**
 * Each message that is published while this is in is delivered a second time a little later, with its id and its body,
 * and without the mark of a redelivery: as by a publisher that sends again what it was not sure of, or a shovel that
 * moves it twice.
 */
export const deliveriesDoubled = defineFaultKind({
  kind: 'deliveries-doubled',
  how: "the broker's own tools: a second queue gets a copy of each message, and lets it expire into the first one",
  victimFeels: 'every message comes twice',
  proof: "the broker's state counts copies that were delivered into the queue",
  needs: ['broker'],
  targetKind: 'container',
  // 10 s: longer, and the copies outlive every fault of an experiment.
  options: z.strictObject({ afterMs: z.number().int().min(1).max(10_000).default(500) }),
  body: (target, { afterMs }) =>
    brokerBody(target, {
      sentence: `the queue of ${target.name} gets every message again after ${afterMs} ms`,
      change: (broker) => broker.doubleDeliveries(afterMs),
      restore: (broker) => broker.deliverOnce(),
      feel: ({ copiesDelivered }) => ({
        felt: copiesDelivered !== undefined && copiesDelivered > 0,
        evidence:
          copiesDelivered === undefined
            ? `${target.name} has no queue of copies`
            : `${target.name} has delivered ${copiesDelivered} copies`,
      }),
    }),
})
