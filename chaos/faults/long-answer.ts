import { type LookOptions, talk } from './link-looks.ts'
import type { LinkTarget } from './target.ts'

/** Greetings, sent at once, that make the server answer with so many bytes. */
export interface LongAnswer {
  readonly send: Uint8Array
  readonly bytes: number
}

// A server that says nothing more for so long has said all; on a busy machine we then know of fewer bytes.
const quietMs = 300
const answerMs = 5_000
const copiesMax = 1_000

/**
 * Finds out, on the control path, what to send for an answer of about `bytesWanted`, or (`sent`) what answered message has
 * about that many bytes itself. Servers that take several greetings on one connection (CQL) can be made to say, and to
 * hear, any amount; others (AMQP) say what one greeting gets, and hear as much as the link's long greeting has.
 */
export async function longAnswer(
  link: LinkTarget,
  bytesWanted: number,
  options: LookOptions,
  counted: 'answered' | 'sent' = 'answered',
): Promise<LongAnswer> {
  const ask = async (send: Uint8Array): Promise<LongAnswer> => {
    const all = { ...options, send, timeoutMs: quietMs, bytesEnough: Number.POSITIVE_INFINITY }
    return { send, bytes: (await talk(link.control, link, all)).bytes }
  }
  if (counted === 'sent' && link.longHello !== undefined) {
    // Its beginning is answered at once, and its end by what comes after that, however long a login takes.
    const first = await talk(link.control, link, { ...options, timeoutMs: answerMs })
    return { send: link.longHello(bytesWanted), bytes: first.bytes + 1 }
  }
  const one = await ask(link.hello)
  const bytesOfOne = counted === 'sent' ? link.hello.length : one.bytes
  const copies = Math.min(copiesMax, Math.ceil(bytesWanted / Math.max(1, bytesOfOne)))
  if (copies <= 1 || one.bytes === 0) return one
  const many = await ask(Buffer.concat(Array.from({ length: copies }, () => link.hello)))
  return many.bytes > one.bytes ? many : one
}
