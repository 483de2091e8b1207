import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { httpBody, httpUnsupported, lookForHits } from './http-body.ts'
import { isAnswered } from './link-looks.ts'

/** Some requests are carried out and their answers lost: the client cannot know, and will ask again. */
export const responseLost = defineFaultKind({
  kind: 'response-lost',
  how: "Toxiproxy's proxy is led through a small HTTP proxy in this process, which throws answers away",
  victimFeels: 'connections that end after the request was carried out, before the answer',
  proof: 'some requests through the proxy end without a byte, and none around it',
  needs: ['proxied', 'http'],
  targetKind: 'link',
  options: z.strictObject({
    share: z.number().min(0.05).max(1).default(0.3),
    route: z.string().startsWith('/').optional(),
  }),
  unsupportedHere: httpUnsupported,
  body: (link, options, context) =>
    httpBody(link, options, context, {
      fate: 'lose-answer',
      sentence: `the answers to ${Math.round(options.share * 100)} % of ${options.route ?? 'all requests'} over ${link.name} are lost`,
      look: (signal) =>
        lookForHits(link, options, (seen) => !isAnswered(seen) && seen.end !== 'silent', { context, signal }),
    }),
})
