import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { lookForDelay } from './delay-look.ts'
import { toxicBody, toxicEachWay } from './toxic-body.ts'

/** Answers come late by a fixed time. Packet timing is the kernel's: the time is a floor, not a promise. */
export const latency = defineFaultKind({
  kind: 'latency',
  how: 'Toxiproxy `latency` on one or both directions of the link',
  victimFeels: 'a slow link',
  proof: 'three greetings in a row take longer through the proxy than around it, by the time asked for',
  needs: ['proxied'],
  targetKind: 'link',
  options: z.strictObject({
    // 20 ms: less cannot be told from a busy machine.
    latencyMs: z.number().int().min(20).max(60_000).default(300),
    direction: z.enum(['upstream', 'downstream', 'both']).default('downstream'),
  }),
  body(link, { latencyMs, direction }, context) {
    const attributes = { latency: latencyMs, jitter: 0 }
    const toxics = toxicEachWay(context.id, direction, { type: 'latency', attributes })
    const delayMs = latencyMs * toxics.length
    return toxicBody(link, toxics, {
      sentence: `${link.name} is ${latencyMs} ms slower, ${direction === 'both' ? 'each way' : direction}`,
      look: (signal) => lookForDelay(link, { delayMs, context, signal }),
    })
  },
})
