import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { lookForDelay } from './delay-look.ts'
import type { Feeling } from './fault.ts'
import type { LookOptions } from './link-looks.ts'
import { longAnswer } from './long-answer.ts'
import type { LinkTarget } from './target.ts'
import { toxicBody, toxicEachWay } from './toxic-body.ts'

/** Each connection gets so many kilobytes a second: large answers crawl, small ones hardly notice. */
export const bandwidth = defineFaultKind({
  kind: 'bandwidth',
  how: 'Toxiproxy `bandwidth` on one direction, for each connection',
  victimFeels: 'a thin link',
  proof:
    'a long answer, or question, takes the time of its bytes at that rate, and next to none around the proxy',
  needs: ['proxied'],
  targetKind: 'link',
  options: z.strictObject({
    kilobytesPerS: z.number().int().min(1).max(10_000).default(8),
    direction: z.enum(['upstream', 'downstream']).default('downstream'),
  }),
  body(link, { kilobytesPerS, direction }, context) {
    const attributes = { rate: kilobytesPerS }
    return toxicBody(link, toxicEachWay(context.id, direction, { type: 'bandwidth', attributes }), {
      sentence: `${link.name} carries ${kilobytesPerS} KB/s on each connection, ${direction}`,
      look: (signal) => lookAtRate(link, { kilobytesPerS, direction }, { context, signal }),
    })
  },
})

// An answer that lasts a quarter of a second at this rate stands out of the noise of a busy machine.
const lastsMs = 250
// What lasts less than this cannot be told from it.
const visibleMs = 20

async function lookAtRate(
  link: LinkTarget,
  { kilobytesPerS, direction }: { readonly kilobytesPerS: number; readonly direction: string },
  options: LookOptions,
): Promise<Feeling> {
  // A kilobyte a second is a byte a millisecond.
  const counted = direction === 'upstream' ? 'sent' : 'answered'
  const answer = await longAnswer(link, lastsMs * kilobytesPerS, options, counted)
  // Of a question all is waited for: its end is answered last.
  const [long, bytes, bytesEnough] =
    direction === 'upstream'
      ? ['question', answer.send.length, answer.bytes]
      : ['answer', answer.bytes, Math.floor(answer.bytes * 0.8)]
  const delayMs = ((bytes * 0.8) / kilobytesPerS) * 0.8
  if (delayMs < visibleMs) {
    const evidence = `the longest ${long}, ${bytes} bytes, is too short to show ${kilobytesPerS} KB/s`
    return { felt: false, evidence }
  }
  return lookForDelay(link, { ...options, send: answer.send, bytesEnough, delayMs })
}
