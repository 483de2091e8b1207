import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import type { Feeling } from './fault.ts'
import { type LookOptions, looksInARow, type Pair, pairsInARow } from './link-looks.ts'
import { longAnswer } from './long-answer.ts'
import type { LinkTarget } from './target.ts'
import { toxicBody, toxicEachWay } from './toxic-body.ts'

/** Each connection ends after so many bytes of answer, in the middle of a message if need be. */
export const limitData = defineFaultKind({
  kind: 'limit-data',
  how: 'Toxiproxy `limit_data` on what the server answers',
  victimFeels: 'connections that end in the middle of a message',
  proof: 'three answers in a row end at the limit, and go on beyond it around the proxy',
  needs: ['proxied'],
  targetKind: 'link',
  options: z.strictObject({ bytes: z.number().int().min(1).max(100_000).default(64) }),
  body(link, { bytes }, context) {
    return toxicBody(
      link,
      toxicEachWay(context.id, 'downstream', { type: 'limit_data', attributes: { bytes } }),
      {
        sentence: `${link.name} ends each connection after ${bytes} bytes of answer`,
        look: (signal) => lookForEnd(link, bytes, { context, signal }),
      },
    )
  },
})

async function lookForEnd(link: LinkTarget, limitBytes: number, options: LookOptions): Promise<Feeling> {
  const answer = await longAnswer(link, limitBytes + 1, options)
  if (answer.bytes <= limitBytes) {
    return {
      felt: false,
      evidence: `the longest answer, ${answer.bytes} bytes, is not longer than the limit`,
    }
  }
  const shows = ({ proxied, control }: Pair) =>
    control.end === 'enough' &&
    (proxied.end === 'closed' || proxied.end === 'reset') &&
    proxied.bytes <= limitBytes
  const talkOptions = { send: answer.send, bytesEnough: limitBytes + 1, timeoutMs: 12_000 }
  const pairs = await pairsInARow(link, shows, { ...options, ...talkOptions })
  const last = pairs.at(-1) as Pair
  return {
    felt: pairs.length === looksInARow && pairs.every(shows),
    evidence:
      `the last of ${pairs.length} looks: ${last.proxied.end} after ${last.proxied.bytes} bytes through the proxy, ` +
      `more than ${limitBytes} bytes around it: ${last.control.end === 'enough' ? 'yes' : 'no'}`,
  }
}
