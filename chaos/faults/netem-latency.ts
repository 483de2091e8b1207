import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { exchangeTimes, feelDelay } from './exchange-look.ts'
import { netemUnsupported } from './host-support.ts'
import { netemBody } from './netem-body.ts'

/** Every packet that the target sends is late, whatever the protocol and whoever it is for. */
export const netemLatency = defineFaultKind({
  kind: 'netem-latency',
  how: "the kernel's netem on the target's interface (tc)",
  victimFeels: 'everything that it sends is late',
  proof:
    'the fastest of three exchanges from inside the target takes the time asked for, and not from outside',
  needs: ['partitionable'],
  targetKind: 'container',
  // 100 ms: starting the command that looks takes up to some tens of milliseconds by itself.
  options: z.strictObject({ latencyMs: z.number().int().min(100).max(1_500).default(200) }),
  unsupportedHere: () => netemUnsupported(),
  body: (target, { latencyMs }, context) =>
    netemBody(target, context, {
      sentence: `every packet of ${target.name} is ${latencyMs} ms late`,
      netem: ['delay', `${latencyMs}ms`],
      look: async (signal) => feelDelay(await exchangeTimes(target, { context, signal }), latencyMs),
    }),
})
