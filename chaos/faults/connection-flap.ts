import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import type { Feeling } from './fault.ts'
import { isAnswered, type LookOptions, talk } from './link-looks.ts'
import { loop } from './loop.ts'
import type { LinkTarget } from './target.ts'
import { setEnabled } from './toxiproxy.ts'

/** The link is cut and restored again and again: reconnecting works, for a while. */
export const connectionFlap = defineFaultKind({
  kind: 'connection-flap',
  how: "Toxiproxy's proxy is switched off and on in turns",
  victimFeels: 'connections that work and break in turns',
  proof: 'greetings through the proxy are seen both answered and cut, while the control path always answers',
  needs: ['proxied'],
  targetKind: 'link',
  options: z.strictObject({
    downMs: z.number().int().min(100).max(60_000).default(500),
    upMs: z.number().int().min(100).max(60_000).default(500),
  }),
  body(link, { downMs, upMs }, context) {
    const { toxiproxyUrl, proxyName } = link
    const flapping = loop(context.clock, async (sleep) => {
      await setEnabled(link, false)
      await sleep(downMs)
      await setEnabled(link, true)
      await sleep(upMs)
    })
    return {
      sentence: `${link.name} is cut for ${downMs} ms and works for ${upMs} ms, in turns`,
      undoSteps: async () => [{ do: 'proxy-enable', toxiproxyUrl, proxyName }],
      inject: async () => flapping.start(),
      look: (signal) => lookForBoth(link, 2 * (downMs + upMs), { context, signal }),
      beforeHeal: () => flapping.stop(),
    }
  },
})

// Once is a restart, twice is flapping.
const changesMin = 2

async function lookForBoth(link: LinkTarget, forMs: number, options: LookOptions): Promise<Feeling> {
  const { clock } = options.context
  const startedMs = clock.nowMs()
  const seen: boolean[] = []
  let changes = 0
  while (changes < changesMin && clock.nowMs() - startedMs < forMs) {
    const control = await talk(link.control, link, { ...options, timeoutMs: 2_000 })
    if (!isAnswered(control)) return { felt: false, evidence: 'the control path does not answer either' }
    const proxied = await talk(link.proxied, link, { ...options, timeoutMs: 2_000 })
    if (seen.length > 0 && seen.at(-1) !== isAnswered(proxied)) changes += 1
    seen.push(isAnswered(proxied))
    await clock.sleep(20, options.signal)
  }
  const answered = seen.filter(Boolean).length
  return {
    felt: changes >= changesMin,
    evidence:
      `of ${seen.length} greetings through the proxy ${answered} were answered and ${seen.length - answered} cut, ` +
      `with ${changes} changes; around it all were answered`,
  }
}
