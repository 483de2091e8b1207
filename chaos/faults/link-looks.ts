import { type Conversation, converse } from '../probes/converse.ts'
import type { FaultContext, Feeling } from './fault.ts'
import type { HostPort, LinkTarget } from './target.ts'

/** The same greeting through the proxy and around it, one straight after the other. */
export interface Pair {
  readonly proxied: Conversation
  readonly control: Conversation
}

export interface LookOptions {
  readonly context: FaultContext
  readonly signal: AbortSignal
}

export interface TalkOptions extends LookOptions {
  readonly timeoutMs: number
  /** What is sent; the link's greeting unless stated. */
  readonly send?: Uint8Array
  /** A talk is over when so many bytes came; 1 unless stated. */
  readonly bytesEnough?: number
}

// Three in a row: one slow answer is a busy machine, three on the same side of a working control path are a fault.
export const looksInARow = 3

/** What looks have sent through each link's proxy: it must not be taken for the traffic of the link's client. */
const sentByLooks = new WeakMap<LinkTarget, number>()

export function bytesOfLooks(link: LinkTarget): number {
  return sentByLooks.get(link) ?? 0
}

export function talk(at: HostPort, link: LinkTarget, options: TalkOptions): Promise<Conversation> {
  const { context, send = link.hello, ...rest } = options
  if (at === link.proxied) sentByLooks.set(link, bytesOfLooks(link) + send.length)
  return converse({ ...at, send, clock: context.clock, ...rest })
}

/** Takes pairs while each of them shows the fault; the first that does not ends the look, and is in the list. */
export async function pairsInARow(
  link: LinkTarget,
  shows: (pair: Pair) => boolean,
  options: TalkOptions,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  while (pairs.length < looksInARow) {
    const control = await talk(link.control, link, options)
    const pair = { control, proxied: await talk(link.proxied, link, options) }
    pairs.push(pair)
    if (!shows(pair)) break
  }
  return pairs
}

/** True for a greeting that got at least one byte back. */
export function isAnswered(conversation: Conversation): boolean {
  return conversation.bytes > 0
}

// 1 s of silence, three times, where the control path answers: at a load of 20 on two cores an answer took 0.06 s.
const silenceMs = 1_000

/** Felt if, three times in a row, the way through the proxy ends as described and the control path answers. */
export async function lookForNoAnswer(
  link: LinkTarget,
  ends: (conversation: Conversation) => boolean,
  options: LookOptions,
): Promise<Feeling> {
  const shows = ({ proxied, control }: Pair) => isAnswered(control) && !isAnswered(proxied) && ends(proxied)
  const pairs = await pairsInARow(link, shows, { ...options, timeoutMs: silenceMs })
  return {
    felt: pairs.length === looksInARow && pairs.every(shows),
    evidence: `through the proxy: ${inWords(pairs, 'proxied')}; around it: ${inWords(pairs, 'control')}`,
  }
}

function inWords(pairs: readonly Pair[], path: keyof Pair): string {
  return pairs
    .map((pair) => pair[path])
    .map((seen) => `${isAnswered(seen) ? 'answered' : seen.end} after ${Math.round(seen.totalMs)} ms`)
    .join(', ')
}
