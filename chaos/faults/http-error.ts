import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { httpBody, httpUnsupported, lookForHits } from './http-body.ts'

/** Some requests are answered with an error and never reach the server: it has certainly not carried them out. */
export const httpError = defineFaultKind({
  kind: 'http-error',
  how: "Toxiproxy's proxy is led through a small HTTP proxy in this process",
  victimFeels: 'an error status for some requests, which never arrive',
  proof: 'some requests through the proxy get the status, and none around it',
  needs: ['proxied', 'http'],
  targetKind: 'link',
  options: z.strictObject({
    share: z.number().min(0.05).max(1).default(0.3),
    status: z.number().int().min(400).max(599).default(503),
    route: z.string().startsWith('/').optional(),
  }),
  unsupportedHere: httpUnsupported,
  body: (link, options, context) =>
    httpBody(link, options, context, {
      fate: { status: options.status },
      sentence: `${Math.round(options.share * 100)} % of ${options.route ?? 'all requests'} over ${link.name} get a ${options.status}`,
      look: (signal) =>
        lookForHits(link, options, ({ head }) => head.includes(` ${options.status}`), { context, signal }),
    }),
})
