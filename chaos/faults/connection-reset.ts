import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { lookForNoAnswer } from './link-looks.ts'
import { addToxic, setEnabled, type Toxic } from './toxiproxy.ts'

/** Open connections end; each new one is opened and then broken off with a reset, before an answer. */
export const connectionReset = defineFaultKind({
  kind: 'connection-reset',
  how: 'Toxiproxy `reset_peer`, after open connections were cut',
  victimFeels: 'a reset on every new connection',
  proof:
    'three fresh connections in a row are opened and broken off without a byte, the control path answers',
  needs: ['proxied'],
  targetKind: 'link',
  options: z.strictObject({
    /** From opening to the reset. */
    afterMs: z.number().int().min(0).max(10_000).default(0),
  }),
  body(link, { afterMs }, context) {
    const { toxiproxyUrl, proxyName } = link
    const name = `${context.id}-downstream`
    const toxic: Toxic = {
      name,
      stream: 'downstream',
      type: 'reset_peer',
      attributes: { timeout: afterMs },
    }
    return {
      sentence: `${link.name} resets every connection`,
      undoSteps: async () => [
        { do: 'toxic-remove', toxiproxyUrl, proxyName, toxic: name },
        { do: 'proxy-enable', toxiproxyUrl, proxyName },
      ],
      async inject(signal) {
        await addToxic(link, toxic, signal)
        // The toxic acts on connections that are opened after it, so the open ones have to go.
        await setEnabled(link, false, signal)
        await setEnabled(link, true, signal)
      },
      // Seen through a published port, the Engine's own proxy turns the reset into an end: both are one here.
      look: (signal) =>
        lookForNoAnswer(link, ({ end }) => end === 'reset' || end === 'closed', { context, signal }),
    }
  },
})
