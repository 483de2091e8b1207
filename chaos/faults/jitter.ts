import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import type { Feeling } from './fault.ts'
import { isAnswered, type LookOptions, talk } from './link-looks.ts'
import type { LinkTarget } from './target.ts'
import { toxicBody, toxicEachWay } from './toxic-body.ts'

/**
 * Answers come late by anything between nothing and twice the jitter, so that they overtake each other.
 * Toxiproxy draws the times; a seed cannot fix them.
 */
export const jitter = defineFaultKind({
  kind: 'jitter',
  how: 'Toxiproxy `latency` with a jitter as large as itself',
  victimFeels: 'a link that is sometimes slow',
  proof:
    'of eight greetings through the proxy the slow ones differ from the fast ones, and around it they do not',
  needs: ['proxied'],
  targetKind: 'link',
  options: z.strictObject({
    // 50 ms: less cannot be told from a busy machine.
    jitterMs: z.number().int().min(50).max(10_000).default(200),
    direction: z.enum(['upstream', 'downstream']).default('downstream'),
  }),
  body(link, { jitterMs, direction }, context) {
    const attributes = { latency: jitterMs, jitter: jitterMs }
    return toxicBody(link, toxicEachWay(context.id, direction, { type: 'latency', attributes }), {
      sentence: `${link.name} is slower by 0 to ${2 * jitterMs} ms, ${direction}`,
      look: (signal) => lookForSpread(link, jitterMs, { context, signal }),
    })
  },
})

// Eight: uniform delays then differ, without the slowest and the fastest, by 1.1 jitters on average.
const greetings = 8
// Three times eight: on a busy machine the way around the proxy is unsteady too, but not for long.
const looksMax = 3

async function lookForSpread(link: LinkTarget, jitterMs: number, options: LookOptions): Promise<Feeling> {
  for (let look = 1; ; look += 1) {
    const feeling = await greetEightTimes(link, jitterMs, options)
    if (feeling.felt || look === looksMax) return feeling
  }
}

async function greetEightTimes(link: LinkTarget, jitterMs: number, options: LookOptions): Promise<Feeling> {
  const proxied: number[] = []
  const control: number[] = []
  const talkOptions = { ...options, timeoutMs: 3 * jitterMs + 12_000 }
  while (proxied.length < greetings) {
    const around = await talk(link.control, link, talkOptions)
    const through = await talk(link.proxied, link, talkOptions)
    if (!isAnswered(around) || !isAnswered(through)) {
      return { felt: false, evidence: 'a greeting got no answer, through the proxy or around it' }
    }
    control.push(around.totalMs)
    proxied.push(through.totalMs)
  }
  const [spreadMs, calmMs] = [spread(proxied), spread(control)]
  const laterMs = median(proxied) - median(control)
  return {
    felt: spreadMs >= jitterMs / 2 && calmMs <= spreadMs / 2 && laterMs >= jitterMs / 3,
    evidence:
      `${greetings} greetings differ by ${Math.round(spreadMs)} ms through the proxy and ${Math.round(calmMs)} ms ` +
      `around it (without the fastest and the slowest); the middle one is ${Math.round(laterMs)} ms later`,
  }
}

/** Between the second fastest and the second slowest: a single stall of the machine does not count. */
function spread(timesMs: readonly number[]): number {
  const sorted = timesMs.toSorted((one, other) => one - other)
  return (sorted.at(-2) as number) - (sorted[1] as number)
}

function median(timesMs: readonly number[]): number {
  return timesMs.toSorted((one, other) => one - other)[Math.floor(timesMs.length / 2)] as number
}
