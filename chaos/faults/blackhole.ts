import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { lookForNoAnswer } from './link-looks.ts'
import { toxicBody, toxicEachWay } from './toxic-body.ts'

/** Bytes vanish and nothing is closed. The heal closes the connections that were caught in it: it is no pause. */
export const blackhole = defineFaultKind({
  kind: 'blackhole',
  how: 'Toxiproxy `timeout` of 0 on one or both directions',
  victimFeels: 'silence; nothing is closed',
  proof: 'three greetings in a row get neither an answer nor an end where the control path answers',
  needs: ['proxied'],
  targetKind: 'link',
  options: z.strictObject({ direction: z.enum(['upstream', 'downstream', 'both']).default('both') }),
  body(link, { direction }, context) {
    const attributes = { timeout: 0 }
    return toxicBody(link, toxicEachWay(context.id, direction, { type: 'timeout', attributes }), {
      sentence: `${link.name} swallows everything, ${direction === 'both' ? 'both ways' : direction}`,
      look: (signal) => lookForNoAnswer(link, ({ end }) => end === 'silent', { context, signal }),
    })
  },
})
