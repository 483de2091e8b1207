import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { lookForNoAnswer } from './link-looks.ts'
import { setEnabled } from './toxiproxy.ts'

/** The link is gone: open connections end, new ones are refused. Nothing is silent: the client knows at once. */
export const connectionCut = defineFaultKind({
  kind: 'connection-cut',
  how: "Toxiproxy's proxy is switched off",
  victimFeels: 'open connections end, new ones are refused',
  proof: 'three fresh connections in a row end without a byte while the control path answers',
  needs: ['proxied'],
  targetKind: 'link',
  options: z.strictObject({}),
  body: (link, _options, context) => ({
    sentence: `${link.name} is cut`,
    undoSteps: async () => [
      { do: 'proxy-enable', toxiproxyUrl: link.toxiproxyUrl, proxyName: link.proxyName },
    ],
    inject: (signal) => setEnabled(link, false, signal),
    // Published ports are served by the Engine's own proxy, which turns a refusal into an end: both are a cut.
    look: (signal) => lookForNoAnswer(link, ({ end }) => end !== 'silent', { context, signal }),
  }),
})
