/** Parts of k6's timings of one request, in milliseconds. */
export interface Timings {
  /** From asking for a connection to having one. */
  readonly blocked: number
  /** 0 for a connection that was used before. */
  readonly connecting: number
  /** From having a connection to having written the request. */
  readonly sending: number
  readonly waiting: number
}

// 0.05 ms: a used connection is taken from a list; a new one is a way there and back through the kernel.
const takenMsMax = 0.05
// 1 ms: a request is written in a few microseconds.
const writtenMsMax = 1

/**
 * May the request have been sent once before the try that ended like this? Go sends what carries an idempotency key again
 * by itself, unseen, where a connection that was used before breaks without an answer. Then the end of the second sending
 * says nothing about what became of the first.
 *
 * - No answer: k6 measures the writing only of what was written. Who could not connect at all wrote nothing.
 * - An answer: of the two sendings, k6's times have the first connection's beginning, which was a used one's, and the
 *   last one's getting and writing. A busy machine can look so too; then we say that we do not know, where we could.
 *
 * Sources: `shouldRetryRequest` and `isReplayable` in Go's `net/http`; `Tracer` in k6's `lib/netext/httpext`.
 */
export function maySentBefore(status: number, { blocked, connecting, sending, waiting }: Timings): boolean {
  if (status === 0) return sending > 0 || waiting > 0
  return connecting === 0 && blocked > takenMsMax && sending > writtenMsMax
}
