import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { exchangeTimes, feelDelay } from './exchange-look.ts'
import { netemUnsupported } from './host-support.ts'
import { netemBody } from './netem-body.ts'

/** Some packets that the target sends overtake the others, which are held back. */
export const netemReordering = defineFaultKind({
  kind: 'netem-reordering',
  how: "the kernel's netem on the target's interface (tc): most packets wait, some do not",
  victimFeels: 'packets out of order',
  proof:
    'exchanges from inside the target take either the time of the wait or none of it, and never from outside',
  needs: ['partitionable'],
  targetKind: 'container',
  options: z.strictObject({
    /** Share of the packets that overtake. */
    share: z.number().min(0.01).max(0.9).default(0.25),
    holdMs: z.number().int().min(100).max(1_000).default(100),
  }),
  unsupportedHere: () => netemUnsupported(),
  body: (target, { share, holdMs }, context) =>
    netemBody(target, context, {
      sentence: `${Math.round(share * 100)} % of the packets of ${target.name} overtake the others by ${holdMs} ms`,
      netem: ['delay', `${holdMs}ms`, 'reorder', `${Math.round(share * 100)}%`],
      async look(signal) {
        const times = await exchangeTimes(target, { context, signal })
        // Those that overtook look like no fault at all: what counts is that others were held.
        return feelDelay(
          times.filter(({ insideMs }) => insideMs >= holdMs * 0.9),
          holdMs,
        )
      },
    }),
})
