/** How an attempt ended, in the words of the history. */
export type OutcomeType = 'ok' | 'fail' | 'info'

/** What a client sees of an answer; `errorCode` is k6's (https://grafana.com/docs/k6 → "Error codes"), 0 = none. */
export interface Seen {
  readonly status: number
  readonly errorCode: number
  readonly body: string
  readonly retryAfter: string | undefined
  /** True if the same request may have been sent once before, unseen; see `sent-before.ts`. */
  readonly maySentBefore: boolean
}

export interface Outcome {
  readonly type: OutcomeType
  readonly status: number
  /** A word of the ledger's list of errors; empty where an answer came. */
  readonly error: string
  /** True where asking again with the same key can change the answer. */
  readonly again: boolean
  /** What `Retry-After` asks for; undefined where it asks for nothing that can be read. */
  readonly retryAfterMs: number | undefined
}

const refusedForGood: ReadonlySet<number> = new Set([400, 409, 413, 415, 422])

/**
 * What an answer to `POST` means: 2xx it happened; refused before anything was published, it did not; all else, we
 * cannot know. A 503 counts as refused only if its body says that nothing was published; and what was refused now may
 * have been taken before, unless it is refused for what it is.
 */
export function submitOutcome(seen: Seen): Outcome {
  const outcome = outcomeOfOne(seen)
  const isSure = outcome.type !== 'fail' || refusedForGood.has(outcome.status) || !seen.maySentBefore
  return isSure ? outcome : { ...outcome, type: 'info' }
}

function outcomeOfOne(seen: Seen): Outcome {
  const { status } = seen
  if (status === 0) return withoutAnswer(seen.errorCode)
  if (status >= 200 && status < 300) return ended('ok', status)
  if (refusedForGood.has(status)) return ended('fail', status)
  const retryAfterMs = parseRetryAfterMs(seen.retryAfter)
  const refused = status === 429 || (status === 503 && saysNotPublished(seen.body))
  return { type: refused ? 'fail' : 'info', status, error: '', again: true, retryAfterMs }
}

/** What an answer to `GET` means: found, surely not there, or we cannot know. It is asked once. */
export function readOutcome(seen: Seen): Outcome {
  if (seen.status === 0) return { ...withoutAnswer(seen.errorCode), again: false }
  if (seen.status === 200) return ended('ok', 200)
  return ended(seen.status === 404 || seen.status === 429 ? 'fail' : 'info', seen.status)
}

function ended(type: OutcomeType, status: number): Outcome {
  return { type, status, error: '', again: false, retryAfterMs: undefined }
}

function withoutAnswer(errorCode: number): Outcome {
  const again = { status: 0, again: true, retryAfterMs: undefined } as const
  if (errorCode === 1212) return { ...again, type: 'fail', error: 'connection refused' }
  if (errorCode >= 1100 && errorCode < 1200) return { ...again, type: 'fail', error: 'name not found' }
  return { ...again, type: 'info', error: lostAnswer(errorCode) }
}

function lostAnswer(errorCode: number): string {
  if (errorCode === 1050 || errorCode === 1211) return 'timeout'
  // 1000 is what k6 gives for an unexpected end of the stream: a connection closed in the middle.
  if (errorCode === 1000 || (errorCode >= 1200 && errorCode < 1300)) return 'connection reset'
  return 'other'
}

/** True if a read says that the order was carried out as it was sent, not only that it is on its way. */
export function isDone(body: string, digest: string): boolean {
  const answer = fieldsOf(body)
  return answer.status === 'done' && answer.digest === digest
}

function saysNotPublished(body: string): boolean {
  return fieldsOf(body).published === false
}

/** The fields of a JSON object; none of anything else. */
function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const answer: unknown = JSON.parse(body)
    return typeof answer === 'object' && answer !== null ? { ...answer } : {}
  } catch {
    return {}
  }
}

/** Only the form in seconds: a date would need clocks that agree, and the service sends seconds. */
function parseRetryAfterMs(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d{1,6}(\.\d+)?$/.test(value.trim())) return undefined
  return Number(value) * 1_000
}
