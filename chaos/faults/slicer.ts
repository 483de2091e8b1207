import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { lookForDelay } from './delay-look.ts'
import type { Feeling } from './fault.ts'
import { type LookOptions, talk } from './link-looks.ts'
import { longAnswer } from './long-answer.ts'
import type { LinkTarget } from './target.ts'
import { toxicBody, toxicEachWay } from './toxic-body.ts'

/** What the server says comes in small pieces, each later than the one before: no message arrives in one read. */
export const slicer = defineFaultKind({
  kind: 'slicer',
  how: 'Toxiproxy `slicer` on what the server answers',
  victimFeels: 'messages in small pieces',
  proof:
    'a message comes in several reads and takes the time of its pauses; around the proxy it does neither',
  needs: ['proxied'],
  targetKind: 'link',
  options: z.strictObject({
    pieceBytes: z.number().int().min(1).max(10_000).default(32),
    pauseMs: z.number().int().min(1).max(1_000).default(10),
  }),
  body(link, { pieceBytes, pauseMs }, context) {
    // Toxiproxy counts this delay in microseconds.
    const attributes = { average_size: pieceBytes, size_variation: 0, delay: pauseMs * 1_000 }
    return toxicBody(link, toxicEachWay(context.id, 'downstream', { type: 'slicer', attributes }), {
      sentence: `${link.name} answers in pieces of ${pieceBytes} bytes, ${pauseMs} ms apart`,
      look: (signal) => lookAtPieces(link, { pieceBytes, pauseMs }, { context, signal }),
    })
  },
})

const piecesWanted = 16
const visibleMs = 20

async function lookAtPieces(
  link: LinkTarget,
  { pieceBytes, pauseMs }: { readonly pieceBytes: number; readonly pauseMs: number },
  options: LookOptions,
): Promise<Feeling> {
  const answer = await longAnswer(link, piecesWanted * pieceBytes, options)
  // Halved: Toxiproxy halves a message until a half is short enough, so that pieces are of half to whole size.
  const delayMs = (answer.bytes / pieceBytes - 2) * pauseMs * 0.8
  if (delayMs < visibleMs) {
    return { felt: false, evidence: `the longest answer, ${answer.bytes} bytes, is too short to be cut up` }
  }
  const { send, bytes: bytesEnough } = answer
  const slow = await lookForDelay(link, { ...options, send, bytesEnough, delayMs })
  if (!slow.felt) return slow
  const message = { ...options, send, bytesEnough, timeoutMs: delayMs + 12_000 }
  const [proxied, control] = [
    await talk(link.proxied, link, message),
    await talk(link.control, link, message),
  ]
  return {
    felt: proxied.chunks > control.chunks,
    evidence: `${slow.evidence}; ${proxied.chunks} reads through the proxy, ${control.chunks} around it`,
  }
}
